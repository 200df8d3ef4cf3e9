//! What byline is built of may be given away with it, and asks for no newer Rust than `Cargo.toml` says: by what cargo
//! knows of every package of `Cargo.lock` that the binary links.

use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than their text beside the binary; MPL-2.0 for changes to its own files too.
const FREE: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "CC0-1.0",
    "Unlicense",
    "BSL-1.0",
    "MPL-2.0",
    "MIT-0",
    "bzip2-1.0.6",
    "CDLA-Permissive-2.0",
];

/// Whether an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0` can be kept with these licences.
fn is_free(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    // Brackets stand around alternatives, so each part of AND is one of its own.
    plain.split(" AND ").all(|part| part.split(" OR ").any(|licence| FREE.contains(&licence.trim())))
}

fn metadata() -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--locked", "--offline", "--all-features"]);
    let out = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

fn version(text: &str) -> Vec<u64> {
    text.split('.').map(|part| part.parse().expect("a version")).collect()
}

#[test]
fn every_package_may_be_given_away_and_builds_with_our_rust() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "only {} packages", packages.len());
    let own = packages.iter().find(|package| package["name"] == "byline").expect("byline");
    let rust = version(own["rust_version"].as_str().expect("rust-version"));
    let mut wrong = Vec::new();
    for package in packages {
        let name = format!("{} {}", package["name"].as_str().unwrap_or(""), package["version"].as_str().unwrap_or(""));
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_free(licence) {
            wrong.push(format!("{name}: {licence}"));
        }
        if package["rust_version"].as_str().is_some_and(|needed| version(needed) > rust) {
            wrong.push(format!("{name}: needs Rust {}", package["rust_version"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn expressions_are_read() {
    assert!(is_free("MIT OR GPL-3.0") && is_free("(MIT OR Apache-2.0) AND Unicode-3.0") && is_free("MIT/Apache-2.0"));
    assert!(!is_free("GPL-3.0") && !is_free("MIT AND GPL-3.0") && !is_free("none"));
}
