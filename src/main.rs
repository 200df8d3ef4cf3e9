//! byline's binary.

fn main() {}
