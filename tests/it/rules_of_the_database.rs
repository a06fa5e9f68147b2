//! What the database itself refuses, whoever asks, our own role included.

use sqlx::{AssertSqlSafe, Executor};

use crate::newsroom::story;

#[tokio::test]
async fn the_record_can_only_grow() {
    story(async |newsroom| {
        for statement in [
            "delete from development",
            "update development set country_code = 'FR'",
            "delete from development_revision",
            "truncate development_revision cascade",
            "update development_revision set summary = 'Something else.'",
            "update development_revision set visible = null, first_position = null, state = 'DRAFT'",
            "update development_revision set visible = int8range(1, null)",
            "update development_revision set published_at = now()",
            "delete from citation",
            "update citation set quote = 'Invented.'",
            "update change set at = now()",
            "delete from change",
            "truncate change cascade",
            "update audit_entry set actor = 'nobody'",
            "delete from audit_entry",
            "truncate audit_entry",
            "update identity set subject = 'somebody else'",
            "truncate identity cascade",
            "update feed set position = position - 1",
            "update feed set id = gen_random_uuid()",
            "delete from feed",
        ] {
            let refused = newsroom.pool.execute(AssertSqlSafe(statement)).await;
            let error = refused.expect_err(statement);
            let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
            assert_eq!(code.as_deref(), Some("23001"), "{statement}: {error}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_last_admin_who_can_sign_in_stays_by_whichever_way_they_come() {
    story(async |newsroom| {
        let person = |number: u8, password: &str| {
            format!(
                "with actor as (insert into actor (id) values ('00000000-0000-4000-8000-00000000000{number}') returning id)
                 insert into account (id, email, name, role, password_hash, created_at)
                 select id, '{number}@example.org', '{number}', 'ADMIN', {password}, now() from actor"
            )
        };
        let identity = "insert into identity (id, account_id, issuer, subject, linked_at, last_used_at)
            select gen_random_uuid(), id, 'https://login.example.org', name, now(), now() from account where name = '1'";
        let demote = |number: u8| format!("update account set role = 'EDITOR' where name = '{number}'");
        let unlink = "delete from identity".to_owned();
        // The second has been invited, and can't sign in yet.
        for (statement, passes) in [
            (person(1, "null"), true),
            (person(2, "null"), true),
            (demote(1), true),
            ("update account set role = 'ADMIN'".to_owned(), true),
            (identity.to_owned(), true),
            (demote(1), false),
            ("update account set deactivated_at = now() where name = '1'".to_owned(), false),
            (unlink.clone(), false),
            (demote(2), true),
            (person(3, "'x'"), true),
            (demote(1), true),
            ("update account set role = 'ADMIN' where name = '1'".to_owned(), true),
            (demote(3), true),
            (unlink.clone(), false),
            ("update account set password_hash = 'x' where name = '1'".to_owned(), true),
            (unlink, true),
            (demote(1), false),
        ] {
            let outcome = newsroom.pool.execute(AssertSqlSafe(statement.clone())).await;
            let refused_by = outcome.as_ref().err().and_then(|error| error.as_database_error()?.constraint());
            assert_eq!((outcome.is_ok(), refused_by), (passes, (!passes).then_some("account_keeps_an_admin")), "{statement}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_contradicts_itself_is_refused() {
    story(async |newsroom| {
        let revision = |columns: &str, values: &str, kind: &str| {
            format!(
                "with identity as (
                     insert into development (id, country_code, kind, created_at)
                     values (gen_random_uuid(), 'FR', '{kind}', now()) returning *
                 )
                 insert into development_revision
                     (development_id, revision, country_code, kind, state, created_at, effective_day, summary, affects_status, {columns})
                 select id, 1, country_code, kind, 'DRAFT', now(), '2025-09-08', 'x', true, {values} from identity"
            )
        };
        let ghana = "(select development_id from development_revision where country_code = 'GH' limit 1)";
        for (statement, code) in [
            (revision("people_exactly, people_about", "1, 1", "ASK"), "23514"),
            (revision("people_exactly", "-1", "ASK"), "23514"),
            (revision("terms", "'x'", "ASK"), "23514"),
            (revision("amount", "1", "PAYMENT"), "23514"),
            (revision("denied_by", "'x'", "DENIAL"), "23514"),
            (revision("disputes_id, denied_by", &format!("{ghana}, 'x'"), "DENIAL"), "23503"),
            (revision("visible", "int8range(1, null)", "ASK"), "23514"),
            ("insert into change (position, at, kind) values (9999, now(), 'PUBLISHED')".to_owned(), "23514"),
            ("insert into country_state (country_code, visible, disputed) values ('GH', int8range(1, null), false)".to_owned(), "23P01"),
            ("insert into status_definition values ('ASKED', '[5,)', 'x', 'x', 'ASKED')".to_owned(), "23P01"),
            ("insert into country values ('gh')".to_owned(), "23514"),
        ] {
            let error = newsroom.pool.execute(AssertSqlSafe(statement.clone())).await.expect_err(&statement);
            let found = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
            assert_eq!(found.as_deref(), Some(code), "{statement}: {error}");
        }
    })
    .await;
}
