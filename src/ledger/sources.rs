//! Which stored sources a draft's citations mean, and when they were published.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use crate::{
    clock::Clock,
    domain::{
        edtf::Edtf,
        id::SourceId,
        problem::{Problem, ProblemCode},
        source::{CitedSource, NewCitation},
    },
    store::{drafts, error::StoreError, source_versions},
};

/// A draft's sources, in the order of its citations.
#[derive(Debug, Default)]
pub struct Resolved {
    pub ids: Vec<SourceId>,
    pub published: Vec<Edtf>,
}

/// Finds the sources that citations name, and stores those that are given inline and not stored yet. A source given twice, or
/// equal to a stored one, is stored once.
pub async fn resolve(
    connection: &mut PgConnection,
    clock: &Clock,
    citations: &[NewCitation],
) -> Result<Result<Resolved, Vec<Problem>>, StoreError> {
    let mut resolved = Resolved::default();
    let mut problems = Vec::new();
    for (index, citation) in citations.iter().enumerate() {
        match &citation.source {
            CitedSource::Stored(id) => match drafts::find_source(connection, *id).await? {
                Some(published_on) => {
                    resolved.ids.push(*id);
                    resolved.published.extend(published_on);
                }
                None => problems.push(Problem::at(
                    &format!("citations.{index}.sourceId"),
                    ProblemCode::NotFound,
                    "There is no source with this id: give the source itself under `source`.",
                )),
            },
            CitedSource::New { source, note } => {
                let now = clock.now();
                let (id, _) = source_versions::find_or_insert(connection, SourceId(clock.uuid()), source, now).await?;
                if note.is_some() {
                    source_versions::note(connection, id, note.as_deref(), now).await?;
                }
                resolved.ids.push(id);
                resolved.published.extend(source.made_public_on().cloned());
            }
        }
    }
    if problems.is_empty() {
        problems.extend(doubles(citations, &resolved.ids));
    }
    Ok(if problems.is_empty() { Ok(resolved) } else { Err(problems) })
}

/// Citations that cite the same place of the same source as an earlier one, as can happen when one names by id what another
/// gives inline.
fn doubles<'a>(citations: &'a [NewCitation], ids: &'a [SourceId]) -> impl Iterator<Item = Problem> + 'a {
    let mut seen = BTreeMap::new();
    citations.iter().zip(ids).enumerate().filter_map(move |(index, (citation, id))| {
        let first = seen.insert((*id, &citation.locator, &citation.quote), index)?;
        Some(Problem::at(
            &format!("citations.{index}"),
            ProblemCode::Contradiction,
            format!("Citation {} cites the same place of the same source: leave one of them out.", first + 1),
        ))
    })
}
