use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A way to a database that can be led elsewhere, cut, and silenced: what an address does that moves, and a network that fails.
pub struct Relay {
    pub port: u16,
    course: watch::Sender<Course>,
}

#[derive(Clone, Copy)]
struct Course {
    /// The port that new connections are led to. `None`: they are closed.
    to: Option<u16>,
    /// Connections up to this one are closed.
    cut: u64,
    /// Connections up to this one carry nothing any more, and do not say so.
    mute: u64,
    /// Whether new connections are mute.
    silent: bool,
    /// How many there have been.
    count: u64,
}

impl Relay {
    /// Leads to a port of this machine.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let (course, _) = watch::channel(Course { to: Some(port), cut: 0, mute: 0, silent: false, count: 0 });
        let relay = Self { port: own, course };
        tokio::spawn(accept(listener, relay.course.clone()));
        relay
    }

    /// The same URL by way of this.
    pub fn by_way(&self, url: &str) -> String {
        let mut url = url::Url::parse(url).unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(self.port)).unwrap();
        url.into()
    }

    /// Leads new connections to a port; those that are there stay as they are.
    pub fn lead_to(&self, port: u16) {
        self.course.send_modify(|course| *course = Course { to: Some(port), silent: false, ..*course });
    }

    /// Closes all connections, and new ones at once.
    pub fn close(&self) {
        self.course.send_modify(|course| *course = Course { to: None, cut: course.count, ..*course });
    }

    /// Carries nothing from now on, on the connections that are there and on new ones, and says so to nobody. Those connections stay
    /// mute for good.
    pub fn silence(&self) {
        self.course.send_modify(|course| *course = Course { silent: true, mute: course.count, ..*course });
    }
}

async fn accept(listener: TcpListener, course: watch::Sender<Course>) {
    while let Ok((stream, _)) = listener.accept().await {
        course.send_modify(|course| {
            course.count += 1;
            if course.silent {
                course.mute = course.count;
            }
        });
        let number = course.borrow().count;
        tokio::spawn(carry(stream, number, course.subscribe()));
    }
}

async fn carry(mut stream: TcpStream, number: u64, mut course: watch::Receiver<Course>) {
    let Course { to, mute, .. } = *course.borrow();
    let mut cut = course.clone();
    let carrying = async {
        if number > mute {
            let Some(port) = to else { return };
            let Ok(mut onward) = TcpStream::connect(("127.0.0.1", port)).await else { return };
            // Otherwise what is small waits for what was sent before.
            let _ = (stream.set_nodelay(true), onward.set_nodelay(true));
            tokio::select! {
                _ = copy_bidirectional(&mut stream, &mut onward) => return,
                _ = course.wait_for(|course| number <= course.mute) => {}
            }
            // Both ends stay open, and nothing passes.
            let _held = (stream, onward);
            std::future::pending::<()>().await;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = carrying => {}
        _ = cut.wait_for(|course| number <= course.cut) => {}
    }
}
