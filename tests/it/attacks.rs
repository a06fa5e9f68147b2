//! What somebody sends who means harm: each is refused with the right answer, and the server goes on answering everybody else.

mod impossible;
