//! Files that are imported: nothing twice, nothing of a bad file, and what changes is seen by readers.

use crate::newsroom::{story, tracker};

#[tokio::test]
async fn importing_again_doubles_nothing() {
    story(async |newsroom| {
        let rows = "select (select count(*) from development) + (select count(*) from source) + (select count(*) from country_version)
                        + (select position from feed)";
        let before = newsroom.number(rows).await;
        let output = tracker(&newsroom.database).arg("import").output().await.unwrap();
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("countries: 0 added, 0 changed, 250 already there"), "{said}");
        assert!(said.contains("article: 0 added, 0 changed, 64 already there"), "{said}");
        assert_eq!(newsroom.number(rows).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_new_style_name_is_a_change_that_readers_can_see() {
    story(async |newsroom| {
        let folder = std::env::temp_dir().join(format!("tracker-import-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("style.csv");
        let header = "code,alpha3,numeric,name,iso_name,region_code,region,subregion_code,subregion,other_names";
        let row = "SZ,SWZ,748,Swaziland,Eswatini,002,Africa,202,Sub-Saharan Africa,Eswatini";
        std::fs::write(&file, format!("{header}\n{row}\n")).unwrap();
        let before = newsroom.position().await;
        let output = tracker(&newsroom.database).arg("import").arg(&file).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(newsroom.position().await, before + 1);
        let query =
            "{ changes(last: 1) { nodes { kind country { name } statusBefore { code } statusAfter { code } } } }";
        let change = newsroom.reader().ask(query, serde_json::json!({})).await["changes"]["nodes"][0].take();
        assert_eq!(
            change,
            serde_json::json!({
                "kind": "COUNTRIES_REVISED", "country": { "name": "Swaziland" },
                "statusBefore": { "code": "ASKED" }, "statusAfter": { "code": "ASKED" },
            })
        );

        std::fs::write(&file, format!("{header}\n{row}\nGHA,GHA,288,,Ghana,002,Africa,202,Sub-Saharan Africa,\n"))
            .unwrap();
        let output = tracker(&newsroom.database).arg("import").arg(&file).output().await.unwrap();
        let refused = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success());
        assert!(
            refused.contains("line 3, name: This must be given.") && refused.contains("line 3, code: "),
            "{refused}"
        );
        assert_eq!(newsroom.position().await, before + 1);
        std::fs::remove_dir_all(folder).unwrap();
    })
    .await;
}
