#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum People { Exactly(u32), About(u32), AtLeast(u32), AtMost(u32), Between(u32, u32), InWords(String) }
impl People { pub fn label(&self) -> String { todo!() }
 pub fn exactly(&self)->Option<i32>{todo!()} pub fn about(&self)->Option<i32>{todo!()} pub fn at_least(&self)->Option<i32>{todo!()} pub fn at_most(&self)->Option<i32>{todo!()} pub fn in_words(&self)->Option<&str>{todo!()}
 pub fn from_parts(_: Option<i32>,_: Option<i32>,_: Option<i32>,_: Option<i32>,_: Option<String>)->Option<Self>{todo!()}
}
