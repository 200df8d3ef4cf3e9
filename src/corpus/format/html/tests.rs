//! Tests of the format over whole pages.

use super::*;
