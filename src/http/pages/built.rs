//! Where the build has put what a page is made of.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::find;

/// One file of Vite's manifest.
#[derive(Debug, Deserialize)]
struct File {
    file: String,
    #[serde(default)]
    css: Vec<String>,
    #[serde(default)]
    assets: Vec<String>,
    #[serde(default)]
    imports: Vec<String>,
}

/// The files of one page, by their addresses.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Built {
    pub script: String,
    /// What the script imports: fetched at once, not one after the other.
    pub modules: Vec<String>,
    pub styles: Vec<String>,
    /// Data that the script will fetch.
    pub data: Vec<String>,
}

impl Built {
    /// The files of the page with this entry in `web/`. None where the pages have not been built.
    pub fn of(entry: &str) -> Option<Self> {
        let manifest = serde_json::from_slice(&find("manifest.json")?.data).ok()?;
        Self::within(&manifest, entry)
    }

    fn within(manifest: &BTreeMap<String, File>, entry: &str) -> Option<Self> {
        let mut built = Self { script: address(&manifest.get(entry)?.file), ..Self::default() };
        built.add(manifest, entry, &mut Vec::new());
        built.modules.pop();
        Some(built)
    }

    /// Adds a file after what it imports: the styles of a page stand after those that it shares.
    fn add<'a>(&mut self, manifest: &'a BTreeMap<String, File>, name: &'a str, seen: &mut Vec<&'a str>) {
        let Some(file) = manifest.get(name).filter(|_| !seen.contains(&name)) else { return };
        seen.push(name);
        for import in &file.imports {
            self.add(manifest, import, seen);
        }
        self.modules.push(address(&file.file));
        self.styles.extend(file.css.iter().map(|path| address(path)));
        self.data.extend(file.assets.iter().filter(|path| path.ends_with(".json")).map(|path| address(path)));
    }
}

fn address(path: &str) -> String {
    format!("/{path}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_is_told_of_all_that_it_will_need_and_of_each_once() {
        let manifest = json!({
            "main.ts": { "file": "assets/main.js", "imports": ["_shared.js", "_map.js"], "css": ["assets/main.css"] },
            "_shared.js": { "file": "assets/shared.js", "css": ["assets/shared.css"], "imports": ["_map.js"] },
            "_map.js": { "file": "assets/map.js", "assets": ["assets/world.json", "assets/icon.svg"], "imports": ["_shared.js"] },
            "other.ts": { "file": "assets/other.js" },
        });
        let built = Built::within(&serde_json::from_value(manifest).unwrap(), "main.ts").unwrap();
        assert_eq!(built.script, "/assets/main.js");
        assert_eq!(built.modules, ["/assets/map.js", "/assets/shared.js"]);
        assert_eq!(built.styles, ["/assets/shared.css", "/assets/main.css"]);
        assert_eq!(built.data, ["/assets/world.json"]);
    }
}
