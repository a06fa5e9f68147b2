//! Confidentiality: what is not for somebody's eyes stands in nothing that the tracker tells them. Every text that is confidential or
//! not published holds a word that nobody can guess; then everything is asked for, as anyone and as each role.

mod arguments;
mod exports;
mod live;
mod markers;
mod mutations;
mod planting;
pub mod schema;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use tracker::clock::{Surroundings, System};

use self::{
    arguments::{Id, Known},
    markers::{Marker, Markers, Sees, replace_words, word},
    planting::Planting,
    schema::Schema,
    walk::{Answer, Walker, fields_answered, fields_within_reach},
};
use crate::newsroom::story_with;

/// A text with ids of things that there aren't in the place of hidden ones.
fn without(hidden: &[Id], unknown: &[Id], text: &str) -> String {
    hidden.iter().fold(text.to_owned(), |text, id| {
        let stand_in = unknown.iter().find(|unknown| unknown.of == id.of).unwrap();
        text.replace(&id.text, &stand_in.text)
    })
}

/// What is worth a search: a hidden word of each field, and one that everyone sees.
fn words(markers: &Markers) -> Vec<String> {
    let mut fields = BTreeSet::new();
    let telling = markers.iter().filter(|marker| {
        let field = marker.what.rsplit('.').next().unwrap_or_default().to_owned();
        marker.is_word() && fields.insert(if marker.seen_by == Sees::Everyone { None } else { Some(field) })
    });
    telling.map(|marker| marker.text.clone()).collect()
}

fn nothing_misplaced(answers: &[Answer], markers: &Markers, reader: Sees) {
    for Answer { document, body } in answers {
        let misplaced = markers.misplaced(body, reader, |_| false);
        assert!(
            misplaced.is_empty(),
            "to a reader who sees what is for {reader:?}:\n{}\n{document}",
            misplaced.join("\n")
        );
    }
}

/// Who sees what must find it, or the walk is blind.
fn all_found(answers: &[Answer], markers: &Markers, reader: Sees) {
    let found: BTreeSet<usize> = answers.iter().flat_map(|answer| markers.within(&answer.body)).collect();
    let missed: Vec<&str> = markers
        .iter()
        .enumerate()
        .filter(|(index, marker)| marker.shown && marker.seen_by <= reader && !found.contains(index))
        .map(|(_, marker)| marker.what.as_str())
        .collect();
    assert!(missed.is_empty(), "who sees what is for {reader:?} does not find: {missed:#?}");
}

/// With everything set that the schema tells of. Nobody goes there.
const SETTINGS: [&str; 4] = [
    "--public-url=http://127.0.0.1:1",
    "--oidc-issuer=http://127.0.0.1:1",
    "--oidc-client-id=tracker",
    "--oidc-roles=group:desk=editor",
];

#[tokio::test]
async fn nobody_finds_what_is_not_for_them_however_they_ask() {
    story_with(&SETTINGS, async |newsroom| {
        let schema = Schema::of(&newsroom.reader()).await;
        let start = newsroom.position().await;
        let mut planting = Planting::begin(newsroom, &schema, &newsroom.server).await;
        planting.publish().await;
        let position = newsroom.position().await;
        newsroom.has_been_heard().await;

        let unknown = [Id::development(System.uuid()), Id::source(System.uuid())];
        let mut known = Known::of(newsroom, start, words(&planting.markers)).await;
        known.hidden.extend(unknown.clone());
        known.words.push(word());
        let before = Walker { schema: &schema, known: &known }.walk(&newsroom.reader()).await;
        nothing_misplaced(&before, &planting.markers, Sees::Everyone);

        planting.keep_back().await;
        assert_eq!(newsroom.position().await, position, "nothing of it moves the feed");
        let Planting { markers, reporter, editor, admin, .. } = planting;
        let known = Known::of(newsroom, start, words(&markers)).await;
        let walker = Walker { schema: &schema, known: &known };
        // Staff first: what is kept for a while, in a cache or a connection, must not serve the next.
        for (person, sees) in [(&admin, Sees::Admin), (&editor, Sees::Staff), (&reporter, Sees::Staff)] {
            let answers = walker.walk(person).await;
            nothing_misplaced(&answers, &markers, sees);
            all_found(&answers, &markers, sees);
            if sees == Sees::Admin {
                let missed: Vec<_> =
                    fields_within_reach(&schema).difference(&fields_answered(&answers)).cloned().collect();
                assert!(missed.is_empty(), "the walk does not come to {missed:#?}");
            }
        }
        let after = walker.walk(&newsroom.reader()).await;
        nothing_misplaced(&after, &markers, Sees::Everyone);
        all_found(&after, &markers, Sees::Everyone);
        nothing_has_changed(&before, &after, &markers, &known, &unknown);
    })
    .await;
}

/// Whatever anyone asks is answered as it was before anything was kept back, word for word, and what is hidden as if there were none.
fn nothing_has_changed(before: &[Answer], after: &[Answer], markers: &Markers, known: &Known, unknown: &[Id]) {
    let public = |word: &str| markers.of_word(word).is_some_and(|marker: &Marker| marker.seen_by == Sees::Everyone);
    let asked = |text: &str| {
        let text = without(&known.hidden, unknown, text);
        replace_words(&text, |word| if public(word) { word.to_owned() } else { format!("a word of {}", word.len()) })
    };
    let before: BTreeMap<String, &str> =
        before.iter().map(|answer| (asked(&answer.document), answer.body.as_str())).collect();
    for answer in after {
        let asked = asked(&answer.document);
        let then = before.get(&asked).unwrap_or_else(|| panic!("this was not asked before:\n{asked}"));
        let now = without(&known.hidden, unknown, &answer.body);
        assert!(now == **then, "anyone can tell that something is hidden:\n{}\n{then}\n{now}", answer.document);
    }
}
