//! A development as someone typed it.
