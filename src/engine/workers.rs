//! One call, one visit to the pool of threads.
//!
//! # Definition
//! Where a thread outside rayon's pool begins a step in parallel, it hands the step over and sleeps until it is woken:
//! 20 to 30 µs on the machine where this was measured, against a tenth of one where a worker begins it. A clustering
//! takes some hundreds of such steps. So each call hands its whole work over, once.

/// `work`, done by a worker of the pool; at once where one asks.
pub(crate) fn by_a_worker<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    rayon::scope(|_| work())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_is_done_in_the_pool_that_is_asked() {
        assert_eq!(rayon::current_thread_index(), None);
        assert!(by_a_worker(rayon::current_thread_index).is_some());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3);
        let threads = || by_a_worker(rayon::current_num_threads);
        assert_eq!(pool.build().unwrap().install(threads), 3);
    }
}
