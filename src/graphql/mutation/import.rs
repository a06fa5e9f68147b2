//! The way down from a table of developments to the ledger, and back with what came of each row.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};

use super::call::Call;
use crate::{
    clock::latest_day_on_earth,
    domain::{
        as_of::AsOf,
        id::DevelopmentId,
        import_file::{FileProblem, parse_table},
        problem::ProblemCode,
    },
    graphql::{
        code::Code,
        error::{error, store_error},
        scope::Scope,
        types::{
            development::{self, Development},
            tally::Tally,
        },
    },
    ledger::import::{DevelopmentsImport, ImportedRow, Manner, RowOutcome},
    store::audit::Actor,
};

/// How many rows a table may have: as many as are recorded well within the time that a request may take.
const MAX_ROWS: usize = 500;

/// Many developments at once, as a desk keeps them in a spreadsheet.
#[derive(InputObject)]
pub struct ImportDevelopmentsInput {
    /// The table as text: rows of CSV, or what a spreadsheet copies. The first row names the columns, in any order: `key`, `country`, `kind`,
    /// `occurred`, `summary`, `affectsStatus`, `stage`, `peopleExactly`, `peopleAtLeast`, `peopleAtMost`, `peopleAbout`,
    /// `peopleDescribedAs`, `nationalities`, `amount`, `currency`, `terms`, `form`, `court`, `disputes`, `deniedBy`, `endedBy`, `sourceId`, or
    /// `sourceKind`, `publisher`, `title`, `url`, `archivedUrl`, `attribution`, `publishedOn`,
    /// `confidential`, `confidentialNote`; `locator`, `quote`. Commas, semicolons or tabs
    /// separate them. A row is a development; one that repeats the `key` of a row above adds a further source to it. 500 rows at most.
    table: String,
    /// True: readers see them at once; needs the role EDITOR. False, null or left out: drafts that staff see.
    publish: Option<bool>,
    /// True: everything is checked, nothing is written, and the answer says what would be added and where the tally would stand.
    dry_run: Option<bool>,
}

/// Records the developments of a table, all of them or none.
pub async fn import_developments(
    context: &Context<'_>,
    input: ImportDevelopmentsInput,
) -> Result<ImportDevelopmentsPayload> {
    let call = Call::of(context)?;
    let services = call.services;
    let publish = input.publish.unwrap_or(false);
    let unfit = services.ledger.may_import(call.staff, publish).map_err(|message| error(Code::Forbidden, message))?;
    let mut file = parse_table(&input.table, MAX_ROWS, latest_day_on_earth(services.clock.now()));
    file.problems.extend(unfit.iter().map(FileProblem::of));
    let manner = Manner { publish, actor: Actor::staff(call.staff, call.caller.address) };
    let mut import = services.ledger.begin_import().await.map_err(store_error)?;
    let imported = import.developments(&file, &manner).await.map_err(store_error)?;
    let kept = imported.problems.is_empty() && !input.dry_run.unwrap_or(false);
    if kept {
        import.commit().await.map_err(store_error)?;
    } else {
        // Gives back the locks before the answer is read.
        import.give_up().await.map_err(store_error)?;
    }
    let as_of = if kept { AsOf::Position(imported.position) } else { AsOf::Now };
    Ok(ImportDevelopmentsPayload { scope: Scope::open(context, as_of).await?, imported, kept })
}

pub struct ImportDevelopmentsPayload {
    scope: Scope,
    imported: DevelopmentsImport,
    /// Whether it is stored: else it is what would be.
    kept: bool,
}

/// What came of a table of developments. Where there are `userErrors`, nothing of it was written.
#[Object]
impl ImportDevelopmentsPayload {
    /// How many developments were added; in a dry run, or where there are `userErrors`, how many of the sound ones would be.
    async fn added(&self) -> usize {
        self.imported.counts().0
    }

    /// How many were there already under their keys, and stay as they are.
    async fn already_there(&self) -> usize {
        self.imported.counts().1
    }

    /// Each development of the table, in its order. Empty where the table can't be read at all.
    #[graphql(complexity = "MAX_ROWS.saturating_mul(child_complexity).saturating_add(1)")]
    async fn rows(&self) -> Vec<TableRow<'_>> {
        let rows = self.imported.rows.iter();
        rows.map(|row| TableRow { scope: &self.scope, row, kept: self.kept }).collect()
    }

    /// The headline numbers as they then are; for a dry run, as they would be. Null where there are `userErrors`.
    async fn tally(&self) -> Option<Tally> {
        let sound = self.imported.problems.is_empty();
        sound.then(|| Tally { scope: self.scope.clone(), tally: self.imported.tally.clone() })
    }

    /// Everything in the table that is wrong and can be mended, in the order of its rows. Empty when all went well.
    async fn user_errors(&self) -> Vec<RowError> {
        self.imported.problems.iter().map(RowError::from).collect()
    }
}

/// What came of a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ImportOutcome")]
pub enum ImportOutcome {
    /// It was added; in a dry run, or where another row is wrong, it would be.
    Added,
    /// A development is there under its key, and stays as it is.
    AlreadyThere,
    /// Something is wrong with it: `userErrors` say what.
    Wrong,
}

pub struct TableRow<'a> {
    scope: &'a Scope,
    row: &'a ImportedRow,
    kept: bool,
}

/// A development of a table.
#[Object(name = "ImportedRow")]
impl TableRow<'_> {
    /// The row that describes it, as spreadsheets number them: the header is row 1.
    async fn row(&self) -> u64 {
        self.row.place.number()
    }

    /// Its key: the one in the table, or one made of all that the row says.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// What came of it.
    async fn outcome(&self) -> ImportOutcome {
        match self.row.outcome {
            RowOutcome::Added(_) => ImportOutcome::Added,
            RowOutcome::AlreadyThere(_) => ImportOutcome::AlreadyThere,
            RowOutcome::Wrong => ImportOutcome::Wrong,
        }
    }

    /// The development as it is stored. Null where it is not: in a dry run, and where something in the table is wrong, unless it was there
    /// already.
    async fn development(&self) -> Result<Option<Development>> {
        match self.stored() {
            Some(id) => development::find(self.scope, id).await,
            None => Ok(None),
        }
    }
}

impl TableRow<'_> {
    fn stored(&self) -> Option<DevelopmentId> {
        match self.row.outcome {
            RowOutcome::Added(id) => self.kept.then_some(id),
            RowOutcome::AlreadyThere(id) => Some(id),
            RowOutcome::Wrong => None,
        }
    }
}

/// One thing in a table that is wrong and can be mended.
#[derive(SimpleObject)]
pub struct RowError {
    /// What is wrong, as a code that programs can rely on.
    code: ProblemCode,
    /// The name of the column. Null where the row as a whole is wrong.
    field: Option<String>,
    /// The row, as spreadsheets number them: the header is row 1.
    row: u64,
    /// A sentence that says what to do.
    message: String,
}

impl From<&FileProblem> for RowError {
    fn from(problem: &FileProblem) -> Self {
        Self {
            code: problem.code,
            field: Some(problem.field.clone()).filter(|field| !field.is_empty()),
            row: problem.place.number(),
            message: problem.message.clone(),
        }
    }
}
