use std::collections::{BTreeMap, BTreeSet};

use super::Import;
use crate::{
    domain::{
        act::Act,
        change::ChangeKind,
        id::DevelopmentId,
        import_file::{DevelopmentRecord, DevelopmentsFile, FileProblem, Place, development_of},
        position::Position,
        tally::Tally,
    },
    ledger::record::{Brought, NewDevelopment},
    store::{
        append::{self, Publication},
        audit::{Actor, NewEntry},
        changes, drafts,
        error::StoreError,
        revisions, tally,
    },
};

/// Who imports developments, and what becomes of them.
#[derive(Debug, Clone)]
pub struct Manner {
    /// Show them to readers at once; else they are drafts, which staff see. The caller has asked whether the actor may.
    pub publish: bool,
    pub actor: Actor,
}

/// What a file of developments brought, or would bring.
#[derive(Debug, Clone)]
pub struct DevelopmentsImport {
    /// Each development of the file, in its order.
    pub rows: Vec<ImportedRow>,
    /// Everything that is wrong: unless this is empty, nothing of the file may be kept.
    pub problems: Vec<FileProblem>,
    /// The headline numbers as they are with what was imported.
    pub tally: Tally,
    /// The position at which the import is read once it is kept.
    pub position: Position,
}

/// A development of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// Where in the file it begins.
    pub place: Place,
    pub key: String,
    pub outcome: RowOutcome,
}

/// What came of a development of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOutcome {
    Added(DevelopmentId),
    /// It came with an earlier import, and stays as it is.
    AlreadyThere(DevelopmentId),
    Wrong,
}

impl DevelopmentsImport {
    /// How many rows were added, and how many were there already.
    pub fn counts(&self) -> (usize, usize) {
        let count = |wanted: fn(&RowOutcome) -> bool| self.rows.iter().filter(|row| wanted(&row.outcome)).count();
        (
            count(|outcome| matches!(outcome, RowOutcome::Added(_))),
            count(|outcome| matches!(outcome, RowOutcome::AlreadyThere(_))),
        )
    }
}

/// A development stored in this import.
struct Stored<'a> {
    id: DevelopmentId,
    record: &'a DevelopmentRecord,
    /// Where it was published, if it was, and where retracted.
    published: Option<Position>,
    retracted: Option<Position>,
}

/// What an import of developments knows so far.
struct Progress<'a> {
    manner: &'a Manner,
    known: BTreeMap<&'a str, DevelopmentId>,
    wrong: BTreeSet<&'a str>,
    stored: Vec<Stored<'a>>,
    /// How many of those were brought before readers.
    shown: usize,
    problems: Vec<FileProblem>,
}

impl Import<'_> {
    /// Records developments that are not there yet under their keys, in the order of the file.
    pub async fn developments(
        &mut self,
        file: &DevelopmentsFile,
        manner: &Manner,
    ) -> Result<DevelopmentsImport, StoreError> {
        let mut progress = Progress {
            manner,
            known: self.known(file).await?,
            wrong: BTreeSet::new(),
            stored: Vec::new(),
            shown: 0,
            problems: file.problems.clone(),
        };
        let mut rows = Vec::with_capacity(file.developments.len());
        for listed in &file.developments {
            let outcome = match &listed.record {
                None => RowOutcome::Wrong,
                Some(record) => self.development(record, &mut progress).await?,
            };
            if outcome == RowOutcome::Wrong {
                progress.wrong.insert(&listed.key);
            }
            rows.push(ImportedRow { place: listed.place, key: listed.key.clone(), outcome });
        }
        self.show(&mut progress).await?;
        self.history.extend(progress.stored.iter().flat_map(|stored| {
            let acts =
                [Some((Act::Record, 1, stored.published)), stored.retracted.map(|at| (Act::Retract, 2, Some(at)))];
            acts.into_iter().flatten().map(|(act, revision, position)| {
                let entry = NewEntry {
                    development: Some(stored.id),
                    revision_before: Some(revision - 1).filter(|before| *before > 0),
                    revision: Some(revision),
                    position,
                    ..NewEntry::of(act)
                };
                (manner.actor.clone(), entry)
            })
        }));
        let (_, position) = changes::head(&mut *self.transaction).await?;
        let tally = tally::find(&mut *self.transaction, &[position]).await?.remove(&position);
        let tally = tally.ok_or(StoreError::Corrupt("no status is defined"))?;
        let mut problems = progress.problems;
        problems.sort_by_key(|problem| problem.place);
        Ok(DevelopmentsImport { rows, problems, tally, position })
    }

    /// What is there already of what a file has or names.
    async fn known<'a>(&mut self, file: &'a DevelopmentsFile) -> Result<BTreeMap<&'a str, DevelopmentId>, StoreError> {
        let records = file.developments.iter().filter_map(|listed| listed.record.as_ref());
        let keys: BTreeSet<&str> =
            records.flat_map(|record| [Some(&*record.key), record.disputes()]).flatten().collect();
        let keys: Vec<&str> = keys.into_iter().collect();
        let ids: Vec<Option<DevelopmentId>> = keys.iter().map(|key| development_of(key)).collect();
        let found = drafts::find_imported(&mut self.transaction, &keys, &ids).await?;
        Ok(keys.into_iter().filter_map(|key| Some((key, *found.get(key)?))).collect())
    }

    async fn development<'a>(
        &mut self,
        record: &'a DevelopmentRecord,
        progress: &mut Progress<'a>,
    ) -> Result<RowOutcome, StoreError> {
        if let Some(id) = progress.known.get(record.key.as_str()) {
            return Ok(RowOutcome::AlreadyThere(*id));
        }
        if let Some(disputed) = record.disputes() {
            if progress.wrong.contains(disputed) {
                progress.problems.push(record.disputes_what_is_wrong(disputed));
                return Ok(RowOutcome::Wrong);
            }
            // Only what readers see can be disputed.
            self.show(progress).await?;
        }
        let draft = match record.draft(|key| progress.known.get(key).copied()) {
            Ok(draft) => draft,
            Err(found) => {
                progress.problems.extend(found);
                return Ok(RowOutcome::Wrong);
            }
        };
        if record.retracted.is_some() && !progress.manner.publish {
            progress.problems.push(record.retracted_unseen());
            return Ok(RowOutcome::Wrong);
        }
        let brought = Brought { key: &record.key, recorded_at: record.recorded_at() };
        let id = DevelopmentId(self.ledger.clock.uuid());
        let new = NewDevelopment {
            id,
            draft: &draft,
            author: &progress.manner.actor,
            publish_at: None,
            brought: Some(brought),
        };
        match self.ledger.store(&mut self.transaction, &new, None).await? {
            Ok(_) => {
                progress.known.insert(&record.key, id);
                progress.stored.push(Stored { id, record, published: None, retracted: None });
                Ok(RowOutcome::Added(id))
            }
            Err(refused) => {
                progress.problems.extend(refused.iter().map(|problem| record.problem(problem)));
                Ok(RowOutcome::Wrong)
            }
        }
    }

    /// Brings what was stored before readers: late, since from the first on the feed is locked until the import ends.
    async fn show(&mut self, progress: &mut Progress<'_>) -> Result<(), StoreError> {
        let from = if progress.manner.publish { progress.shown } else { progress.stored.len() };
        for stored in progress.stored.iter_mut().skip(from).filter(|stored| !stored.record.is_draft) {
            let (id, country) = (stored.id, stored.record.country);
            let shown = append::publish(
                &mut self.transaction,
                Publication { kind: ChangeKind::Published, country, revision: (id, 1) },
            )
            .await?;
            stored.published = Some(shown.turn.position);
            if let Some(reason) = &stored.record.retracted {
                let retraction = (&progress.manner.actor, reason.as_str());
                let now = self.ledger.clock.now();
                revisions::insert_retraction(&mut self.transaction, (id, 1), 2, retraction, now).await?;
                let marked = append::publish(
                    &mut self.transaction,
                    Publication { kind: ChangeKind::Retracted, country, revision: (id, 2) },
                )
                .await?;
                stored.retracted = Some(marked.turn.position);
            }
        }
        progress.shown = progress.stored.len();
        Ok(())
    }
}
