//! Eight editors who publish as fast as they are answered, against plain inserts of the same rows by pgbench.

use std::{fs, time::Instant};

use futures_util::future::try_join_all;

use super::{
    Outcome,
    editor::Editor,
    figures::Figures,
    machine,
    process::pinned,
    report::{Bound, Report, Row},
    stage::{ARTICLE, Stage},
};

const EDITORS: usize = 8;

/// Where the tracker writes, and where pgbench does.
const OURS: &str = "editors";
const PLAIN: &str = "plain";

/// The rows that a mutation writes, as they are in the end, without anything that finds out what to write.
const INSERTS: &str = include_str!("writes/inserts.sql");

/// Takes out of the tables what makes a mutation more than its rows: triggers and checks. Keys, foreign keys and indexes stay.
const WITHOUT_RULES: &str = include_str!("writes/without_rules.sql");

/// What a mutation does beside inserting: the feed's row, which all share.
const FEED: &str = "update feed set position = greatest(position, :position::bigint), last_at = now();\n";

/// Mutations a second.
pub async fn editors(stage: &Stage, report: &mut Report) -> Outcome {
    for database in [OURS, PLAIN] {
        stage.create_database(database, Some(ARTICLE)).await?;
    }
    let server = stage.tracker(OURS, machine::ALL, &[]).await?;
    let url = format!("{}/graphql", server.url);
    let mut editors = Vec::new();
    for _ in 0..EDITORS {
        editors.push(Editor::of(stage, OURS).await?);
    }
    stage.token(PLAIN).await?;
    let countries = editors[0].countries(&url).await?;
    let mut connection = stage.connect(PLAIN).await?;
    sqlx::raw_sql(WITHOUT_RULES).execute(&mut connection).await?;
    drop(connection);
    let with_feed = scripts(stage, &countries, "feed", FEED)?;
    let without_feed = scripts(stage, &countries, "bare", "")?;
    let (mut ours, mut theirs, mut apart) = (Figures::default(), Figures::default(), Figures::default());
    for _ in 0..stage.plan.turns {
        ours.push(mutations(stage, &url, &editors, &countries).await?);
        theirs.push(plain(stage, &with_feed).await?);
        apart.push(plain(stage, &without_feed).await?);
    }
    let bound = Bound::AtLeast { required: 0.3, aim: 0.6 };
    let what = format!("mutations/s, {EDITORS} editors at once, against plain inserts of the same rows by pgbench");
    let measured = ours.over(&theirs);
    report.add(Row { what, bound, unit: "", measured, ours: ours.clone(), theirs, scale: "/s" });
    let what = "the same, where pgbench leaves out the feed's row, for which writers wait".to_owned();
    report.add(Row { what, bound, unit: "", measured: ours.over(&apart), ours, theirs: apart, scale: "/s" });
    server.running.end().await
}

/// Publishes for a turn, and answers with how many a second were acknowledged.
async fn mutations(stage: &Stage, url: &str, editors: &[Editor<'_>], countries: &[String]) -> Outcome<f64> {
    let began = Instant::now();
    let working = editors.iter().enumerate().map(async |(number, editor)| {
        let mut published = 0_u32;
        // Each begins elsewhere in the list.
        let own = countries.iter().cycle().skip(number * countries.len() / EDITORS);
        for country in own {
            if began.elapsed() >= stage.plan.turn {
                break;
            }
            editor.publish(url, country).await?;
            published += 1;
        }
        Outcome::Ok(published)
    });
    let published: u32 = try_join_all(working).await?.into_iter().sum();
    Ok(f64::from(published) / began.elapsed().as_secs_f64())
}

/// A script a country, among which pgbench chooses: it has no variables of text.
fn scripts(stage: &Stage, countries: &[String], name: &str, also: &str) -> Outcome<Vec<String>> {
    let mut files = Vec::new();
    for country in countries {
        let file = stage.file(&format!("{name}-{country}.sql"));
        let script = INSERTS.replace("{country}", country).replace("commit;", &format!("{also}commit;"));
        fs::write(&file, script)?;
        files.push(file.to_string_lossy().into_owned());
    }
    Ok(files)
}

/// Runs pgbench for a turn, and answers with its transactions a second.
async fn plain(stage: &Stage, scripts: &[String]) -> Outcome<f64> {
    let clients = EDITORS.to_string();
    let mut command = pinned(machine::ALL, "pgbench");
    command.args(["--no-vacuum", "--protocol", "prepared", "--jobs", "2", "--client", &clients]);
    command.args(["--time", &stage.plan.turn.as_secs().to_string()]);
    for script in scripts {
        command.args(["--file", script]);
    }
    let output = command.arg(stage.url(PLAIN)).output().await?;
    let (said, errors) = (String::from_utf8(output.stdout)?, String::from_utf8_lossy(&output.stderr));
    if !output.status.success() || errors.contains("error") {
        return Err(format!("pgbench: {errors}").into());
    }
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let rate = rate.and_then(|rest| rest.split(' ').next()).ok_or("pgbench told no rate")?;
    Ok(rate.parse()?)
}
