//! The post in ten lines: `cargo run --release --example ten_lines`.
use fiedler::{
    agreement, cut, data, fiedler_vector, kmeans, similarity_matrix, spectral_clustering,
};

fn main() -> fiedler::Result<()> {
    let moons = data::blog_moons(); // 200 points on two half circles
    let by_means = kmeans(&moons.x, 2, 0)?.labels;
    println!("k-means:  {}", agreement(&by_means, &moons.y)?);

    let a = similarity_matrix(&moons.x, 0.4)?; // join points at most 0.4 apart
    println!("edges cut by the true split: {}", cut(&a, &moons.y)?);
    println!("second eigenvalue: {:.6}", fiedler_vector(&a)?.value);

    let labels = spectral_clustering(&moons.x, 0.4)?; // the sign of the second eigenvector
    println!("spectral: {}", agreement(&labels, &moons.y)?);
    Ok(())
}
