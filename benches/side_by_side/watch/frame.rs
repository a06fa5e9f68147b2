//! The frames of WebSockets (RFC 6455), as far as short messages need them.

pub const TEXT: u8 = 1;
pub const PING: u8 = 9;
pub const PONG: u8 = 10;

/// A frame from a server.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    pub opcode: u8,
    pub payload: &'a [u8],
}

/// The first frame of some bytes, if it is whole, and its length.
pub fn take(bytes: &[u8]) -> Option<(Frame<'_>, usize)> {
    let (start, length) = match *bytes.get(1)? & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?),
        length => (2, usize::from(length)),
    };
    let payload = bytes.get(start..start + length)?;
    Some((Frame { opcode: bytes[0] & 0x0f, payload }, start + length))
}

/// A frame from a client. The mask is 0: it protects proxies, and there is none here.
pub fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    match u16::try_from(payload.len()) {
        Ok(length @ 0..126) => frame.push(0x80 | length.to_be_bytes()[1]),
        Ok(length) => {
            frame.push(0x80 | 126);
            frame.extend(length.to_be_bytes());
        }
        Err(_) => {
            frame.push(0x80 | 127);
            frame.extend((payload.len() as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}
