//! Encryption on the way to the database: who the server is, is checked, and every connection keeps to it.

use std::{
    collections::HashMap,
    env, fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use sqlx::{Connection, PgConnection};
use tracker::{
    clock::{Surroundings, System},
    embedded_postgres::{DATABASE, EmbeddedPostgres},
};

use crate::newsroom::{Reader, Server, tracker};

/// A Postgres that speaks TLS, and the certificate of who vouches for it.
struct Encrypted {
    postgres: EmbeddedPostgres,
    folder: PathBuf,
}

/// Somebody who vouches for servers.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut parameters = CertificateParams::default();
    // OpenSSL takes a certificate whose issuer has its own name for one that vouches for itself.
    parameters.distinguished_name.push(DnType::CommonName, "an authority");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap()
}

impl Encrypted {
    async fn start() -> Self {
        let folder = env::temp_dir().join(format!("tracker-encrypted-{}", System.uuid().simple()));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let data_dir = folder.join("data");
        // Made first, so that it is known which account the key has to belong to.
        EmbeddedPostgres::start(&data_dir).await.unwrap().stop().await.unwrap();

        let (ours, another) = (authority(), authority());
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &ours).unwrap();
        fs::write(folder.join("ours.pem"), ours.pem()).unwrap();
        fs::write(folder.join("another.pem"), another.pem()).unwrap();
        fs::write(folder.join("server.pem"), certificate.pem()).unwrap();
        fs::write(folder.join("server.key"), key.serialize_pem()).unwrap();
        fs::set_permissions(folder.join("server.key"), fs::Permissions::from_mode(0o600)).unwrap();
        let owner = fs::metadata(data_dir.join("postgres")).unwrap();
        chown(folder.join("server.key"), Some(owner.uid()), Some(owner.gid())).unwrap();

        let file = |name: &str| folder.join(name).display().to_string();
        let configuration = HashMap::from([
            ("ssl".to_owned(), "on".to_owned()),
            ("ssl_cert_file".to_owned(), file("server.pem")),
            ("ssl_key_file".to_owned(), file("server.key")),
        ]);
        let postgres = EmbeddedPostgres::start_with(&data_dir, configuration).await.unwrap();
        Self { postgres, folder }
    }

    /// Its address, checked against a certificate.
    fn vouched_by(&self, certificate: &str) -> String {
        let certificate = self.folder.join(certificate).display().to_string();
        let mut url = url::Url::parse(&self.postgres.url(DATABASE)).unwrap();
        url.query_pairs_mut().clear().append_pair("sslmode", "verify-full").append_pair("sslrootcert", &certificate);
        url.to_string()
    }
}

async fn complaint(database: &str) -> String {
    let output = tracker(database).arg("migrate").output().await.unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn every_connection_to_the_database_is_encrypted_and_its_server_checked() {
    let encrypted = Encrypted::start().await;
    let database = encrypted.vouched_by("ours.pem");
    let server = Server::start(&database, &[]).await;
    assert_eq!(Reader::of(&server, None).tally().await, (58, 51, 7));
    let mut connection = PgConnection::connect(&database).await.unwrap();
    let plain =
        "select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where not ssl and client_addr is not null";
    let all =
        "select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where application_name like 'tracker%'";
    let plain: i64 = sqlx::query_scalar(plain).fetch_one(&mut connection).await.unwrap();
    let all: i64 = sqlx::query_scalar(all).fetch_one(&mut connection).await.unwrap();
    assert!(plain == 0 && all >= 2, "{plain} of {all} connections are not encrypted");

    // The programs of Postgres, too.
    let file = encrypted.folder.join("tracker.dump").display().to_string();
    let output = tracker(&database).args(["backup", &file]).output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let said = complaint(&encrypted.vouched_by("another.pem")).await;
    assert!(said.contains("No Postgres answers") && said.contains("certificate"), "{said}");
    let said = complaint(&encrypted.vouched_by("nothing.pem")).await;
    assert!(said.contains("No such file"), "{said}");

    drop(server);
    drop(connection);
    encrypted.postgres.stop().await.unwrap();
    fs::remove_dir_all(Path::new(&encrypted.folder)).unwrap();
}
