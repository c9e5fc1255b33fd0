//! A new migration file must be noticed even when no source changed.
fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
