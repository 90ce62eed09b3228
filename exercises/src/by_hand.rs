//! The functions that the notebooks let the reader write, each checked against the library's.
//!
//! A notebook holds the function with its signature and nothing in it, and the cell below hands it to the function of
//! the same name here: `by_hand::cut(my_cut)`. That tries it on a graph of five vertices, on the moons and on random
//! inputs, and prints one line: right, not yet, or not written yet. A panic of the reader's function is told in words.

mod cut;
mod places;
mod task;
mod value;

pub use cut::{cut, normcut, vols};
pub use places::{Five, five};

#[cfg(test)]
mod tests {
    use super::cut::{cut_task, normcut_task, vols_task};
    use super::task::Task;
    use super::value::Value;

    /// Each line that a task has: for nothing, for what is right, for every slip, and for a panic.
    fn says_each_line<I, V: Value>(name: &str, task: &Task<I, V>, nothing: impl Fn() -> V) {
        let line = task.reply(|_| nothing());
        assert!(line.starts_with("Not written yet"), "{name}: {line}");
        let line = task.reply(task.right);
        assert!(line.starts_with("Right: "), "{name}: {line}");
        for slip in &task.slips {
            let line = task.reply(slip.wrong);
            let has_its_hint = line.starts_with("Not yet: ") && line.ends_with(slip.hint);
            assert!(has_its_hint, "{name}, {}\n{line}", slip.hint);
        }
        let line = task.reply(|_| panic!("index 5 is out of bounds"));
        let told = "Not yet: on the five vertices it panics, saying \"index 5 is out of bounds\". Count from 0";
        assert!(line.starts_with(told), "{name}: {line}");
    }

    #[test]
    fn every_function_to_write_has_its_lines() {
        says_each_line("cut", &cut_task(), || f64::NAN);
        says_each_line("vols", &vols_task(), || (f64::NAN, f64::NAN));
        says_each_line("normcut", &normcut_task(), || f64::NAN);
    }
}
