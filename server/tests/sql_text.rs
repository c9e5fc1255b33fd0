//! SQL stands in `.sql` files of the store, nowhere else. (Who may depend on whom is checked by `.setup/rooms.mjs`.)

use std::path::Path;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn sql_text_stands_in_sql_files_only() {
    let mut found = Vec::new();
    for folder in ["server/src", "server/services/src", "app/src", "server/gateways"] {
        scan(&root().join(folder), &mut |path, text| {
            for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "AssertSqlSafe"] {
                if text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word)) {
                    found.push(format!("{}: {word}", path.display()));
                }
            }
        });
    }
    scan(&root().join("server/store/src"), &mut |path, text| {
        if !path.ends_with("dialect.rs") && text.contains("AssertSqlSafe(") {
            found.push(format!("{}: AssertSqlSafe outside dialect.rs", path.display()));
        }
    });
    assert!(found.is_empty(), "{found:#?}");
}

fn scan(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            scan(&path, look);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            look(&path, &std::fs::read_to_string(&path).expect("the file is text"));
        }
    }
}
