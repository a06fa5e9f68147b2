//! The table: what was required, what was measured, and what falls short. Whole runs write it into docs/PERFORMANCE.md.

use std::{fmt::Write, fs, path::Path, process::Command};

use tracker::clock::{Surroundings, System};

use super::{Outcome, figures::Figures, machine, plan::Plan, stage::Stage};

/// What the figures stand between in the document.
const BEGIN: &str = "<!-- figures: written by `make bench` -->\n";
const END: &str = "<!-- end of figures -->";

/// What a figure is held against.
#[derive(Debug, Clone, Copy)]
pub enum Bound {
    AtLeast { required: f64, aim: f64 },
    AtMost { required: f64, aim: f64 },
}

impl Bound {
    const fn limits(self) -> (f64, f64) {
        match self {
            Self::AtLeast { required, aim } | Self::AtMost { required, aim } => (required, aim),
        }
    }

    const fn sign(self) -> char {
        match self {
            Self::AtLeast { .. } => '≥',
            Self::AtMost { .. } => '≤',
        }
    }

    fn verdict(self, figure: f64) -> &'static str {
        let (required, aim) = self.limits();
        let holds = |limit: f64| match self {
            Self::AtLeast { .. } => figure >= limit,
            Self::AtMost { .. } => figure <= limit,
        };
        match (holds(required), holds(aim)) {
            (_, true) => "aim reached",
            (true, false) => "reached",
            (false, false) => "**falls short**",
        }
    }
}

/// A row of the table.
pub struct Row {
    pub what: String,
    pub bound: Bound,
    /// Of what is held against the bound; empty for a ratio.
    pub unit: &'static str,
    pub measured: Figures,
    /// The absolute figures of both sides, and their unit. The other side has none where there is nothing beside.
    pub ours: Figures,
    pub theirs: Figures,
    pub scale: &'static str,
}

impl Row {
    fn cells(&self) -> [String; 7] {
        let (required, aim) = self.bound.limits();
        let (sign, unit) = (self.bound.sign(), self.unit);
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        [
            self.what.clone(),
            format!("{sign} {required}{unit}"),
            format!("{sign} {aim}{unit}"),
            format!(
                "**{}**{unit} ({}–{})",
                short(self.measured.median()),
                short(self.measured.min()),
                short(self.measured.max())
            ),
            spread(&self.ours, self.scale),
            spread(&self.theirs, self.scale),
            self.bound.verdict(self.measured.median()).to_owned(),
        ]
    }
}

/// What was measured so far.
pub struct Report {
    about: String,
    rows: Vec<Row>,
}

impl Report {
    pub async fn new(stage: &Stage) -> Outcome<Self> {
        let mut connection = stage.connect("postgres").await?;
        let postgres: String = sqlx::query_scalar("show server_version").fetch_one(&mut connection).await?;
        let about = format!(
            "Measured on {} with {}, PostgreSQL {postgres}, commit {}.",
            System.now().format("%Y-%m-%d"),
            machine::describe()?,
            commit(),
        );
        println!("{about}");
        Ok(Self { about, rows: Vec::new() })
    }

    /// Takes a row, and tells it at once.
    pub fn add(&mut self, row: Row) {
        println!("{}", row.cells().join(" | "));
        self.rows.push(row);
    }

    /// Writes the document, if this was the whole.
    pub fn conclude(&self, plan: &Plan) -> Outcome {
        let table = self.table(plan)?;
        println!("\n{table}");
        if !plan.whole {
            println!("Not written down: this was not the whole, or not at full length.");
            return Ok(());
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/PERFORMANCE.md");
        let text = fs::read_to_string(&path)?;
        let (before, rest) = text.split_once(BEGIN).ok_or("docs/PERFORMANCE.md has no place for figures")?;
        let (_, after) = rest.split_once(END).ok_or("docs/PERFORMANCE.md has no end of the figures")?;
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}"))?;
        println!("Written to {}.", path.display());
        Ok(())
    }

    fn table(&self, plan: &Plan) -> Outcome<String> {
        let mut table =
            format!("{} {} turns a side, of {} s under load.\n\n", self.about, plan.turns, plan.turn.as_secs());
        writeln!(table, "| what | required | aim | median (min–max) | tracker | beside | verdict |")?;
        writeln!(table, "| --- | --- | --- | --- | --- | --- | --- |")?;
        for row in &self.rows {
            writeln!(table, "| {} |", row.cells().join(" | "))?;
        }
        let short = self.rows.iter().filter(|row| row.bound.verdict(row.measured.median()).contains("short"));
        let short: Vec<_> = short.map(|row| row.what.as_str()).collect();
        match short.as_slice() {
            [] => writeln!(table, "\nNothing falls short of what is required.")?,
            short => writeln!(table, "\nFalls short of what is required: {}.", short.join("; "))?,
        }
        Ok(table)
    }
}

/// The commit that is measured, marked if there are changes beside it.
fn commit() -> String {
    let said =
        Command::new("git").args(["describe", "--always", "--dirty"]).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    match said {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => "unknown".to_owned(),
    }
}

fn spread(figures: &Figures, scale: &str) -> String {
    if figures.median().is_nan() {
        return "–".to_owned();
    }
    format!("{}{scale} ({}–{})", short(figures.median()), short(figures.min()), short(figures.max()))
}

/// A figure with three digits that count.
fn short(figure: f64) -> String {
    match figure.abs() {
        1000.0.. => {
            let whole = format!("{figure:.0}");
            let (thousands, rest) = whole.split_at(whole.len() - 3);
            format!("{thousands},{rest}")
        }
        100.0.. => format!("{figure:.0}"),
        10.0.. => format!("{figure:.1}"),
        1.0.. => format!("{figure:.2}"),
        _ => format!("{figure:.3}"),
    }
}
