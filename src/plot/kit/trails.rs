//! Edges joined to polylines.

/// The edges as few long walks that take each edge once: a polyline writes each point once, so that the
/// SVG is a third as long.
pub(crate) fn trails(edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let points = edges.iter().map(|&(i, j)| i.max(j) + 1).max().unwrap_or(0);
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); points];
    for (edge, &(i, j)) in edges.iter().enumerate() {
        at[i].push(edge);
        at[j].push(edge);
    }
    let mut walked = vec![false; edges.len()];
    let mut trails = Vec::new();
    for start in 0..points {
        // A trail that ends elsewhere may leave edges behind at its start.
        while !at[start].is_empty() {
            let mut trail = vec![start];
            let mut here = start;
            while let Some(edge) = at[here].pop() {
                if !walked[edge] {
                    walked[edge] = true;
                    let (i, j) = edges[edge];
                    here = i + j - here;
                    trail.push(here);
                }
            }
            if trail.len() > 1 {
                trails.push(trail);
            }
        }
    }
    trails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trails_take_every_edge_once() {
        // A triangle with a tail, a star, and an edge alone.
        let star = [(6, 7), (6, 8), (6, 9), (6, 10), (6, 11)];
        let edges = [&[(0, 1), (1, 2), (0, 2), (2, 3), (4, 5)], &star[..]].concat();
        let mut walked: Vec<(usize, usize)> = trails(&edges)
            .iter()
            .flat_map(|trail| trail.windows(2))
            .map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1])))
            .collect();
        walked.sort_unstable();
        let mut expected = edges.clone();
        expected.sort_unstable();
        assert_eq!(walked, expected);
    }
}
