//! The functions that the notebooks let the reader write, each checked against the library's.
//!
//! A notebook holds the function with its signature and nothing in it, and the cell below hands it to the function of
//! the same name here: `by_hand::cut(my_cut)`. That tries it on a graph of five vertices, on the moons and on random
//! inputs, and prints one line: right, not yet, or not written yet. A panic of the reader's function is told in words.

mod certificate;
mod cut;
mod eigen;
mod embedding;
mod graph;
mod inputs;
mod kmeans;
mod places;
mod relaxation;
mod rust;
mod sensitivity;
mod similarity;
mod solvers;
mod springs;
mod task;
mod transform;
mod value;

pub use certificate::{exact_normcut, sweep};
pub use cut::{cut, normcut, vols};
pub use eigen::{random_walk_laplacian, spectral_clustering};
pub use embedding::{power_step, unit_rows};
pub use graph::{average, gaussian, nearest_neighbors};
pub use kmeans::{assign, lloyd, update};
pub use places::{Five, five};
pub use relaxation::{orth, orth_obj, orth_obj_gradient};
pub use rust::{mean, share_above};
pub use sensitivity::mean_neighbor_distance;
pub use similarity::similarity_matrix;
pub use solvers::{lanczos_step, negative_eigenvalues};
pub use springs::{potential_energy, walk_step};
pub use transform::{rayleigh_quotient, transform};

#[cfg(test)]
mod tests {
    use super::certificate::{exact_normcut_task, sweep_task};
    use super::cut::{cut_task, normcut_task, vols_task};
    use super::eigen::{random_walk_laplacian_task, spectral_clustering_task};
    use super::embedding::{power_step_task, unit_rows_task};
    use super::graph::{average_task, gaussian_task, nearest_neighbors_task};
    use super::kmeans::{assign_task, lloyd_task, update_task};
    use super::relaxation::{orth_obj_gradient_task, orth_obj_task, orth_task};
    use super::rust::{mean_task, share_above_task};
    use super::sensitivity::mean_neighbor_distance_task;
    use super::similarity::similarity_matrix_task;
    use super::solvers::{lanczos_step_task, negative_eigenvalues_task};
    use super::springs::{potential_energy_task, walk_step_task};
    use super::task::Task;
    use super::transform::{rayleigh_quotient_task, transform_task};
    use super::value::Value;
    use fiedler::ndarray::{Array1, Array2};

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
        let (number, row) = (|| f64::NAN, || Array1::<f64>::zeros(0));
        let (labels, matrix) = (
            || Array1::<usize>::zeros(0),
            || Array2::<f64>::zeros((0, 0)),
        );
        says_each_line("mean", &mean_task(), number);
        says_each_line("share_above", &share_above_task(), number);
        says_each_line("assign", &assign_task(), labels);
        says_each_line("update", &update_task(), matrix);
        says_each_line("lloyd", &lloyd_task(), matrix);
        says_each_line("similarity_matrix", &similarity_matrix_task(), matrix);
        says_each_line("cut", &cut_task(), number);
        says_each_line("vols", &vols_task(), || (f64::NAN, f64::NAN));
        says_each_line("normcut", &normcut_task(), number);
        says_each_line("transform", &transform_task(), row);
        says_each_line("rayleigh_quotient", &rayleigh_quotient_task(), number);
        says_each_line("orth", &orth_task(), row);
        says_each_line("orth_obj", &orth_obj_task(), number);
        says_each_line("orth_obj_gradient", &orth_obj_gradient_task(), row);
        says_each_line(
            "random_walk_laplacian",
            &random_walk_laplacian_task(),
            matrix,
        );
        says_each_line("spectral_clustering", &spectral_clustering_task(), labels);
    }

    #[test]
    fn every_function_after_the_post_has_its_lines() {
        let (number, row) = (|| f64::NAN, || Array1::<f64>::zeros(0));
        let matrix = || Array2::<f64>::zeros((0, 0));
        says_each_line("average", &average_task(), matrix);
        says_each_line("nearest_neighbors", &nearest_neighbors_task(), matrix);
        says_each_line("gaussian", &gaussian_task(), matrix);
        says_each_line(
            "mean_neighbor_distance",
            &mean_neighbor_distance_task(),
            number,
        );
        says_each_line("unit_rows", &unit_rows_task(), matrix);
        says_each_line("power_step", &power_step_task(), row);
        says_each_line("potential_energy", &potential_energy_task(), number);
        says_each_line("walk_step", &walk_step_task(), row);
        says_each_line("sweep", &sweep_task(), number);
        says_each_line("exact_normcut", &exact_normcut_task(), number);
        says_each_line("lanczos_step", &lanczos_step_task(), row);
        says_each_line("negative_eigenvalues", &negative_eigenvalues_task(), number);
    }
}
