//! Makes sure that there is a folder to embed, so that the server builds before the pages do, and builds again when they change.

use std::{fs, path::Path};

fn main() {
    let pages = Path::new("web/dist");
    if !pages.exists() {
        fs::create_dir_all(pages).expect("the package's folder can be written to");
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=web/dist");
}
