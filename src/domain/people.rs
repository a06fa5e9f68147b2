//! Numbers of people, as exact as the sources are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum People { Exactly(u32), About(u32), AtLeast(u32), AtMost(u32), Between(u32, u32), InWords(String) }
impl People { pub fn label(&self) -> String { todo!() } }
