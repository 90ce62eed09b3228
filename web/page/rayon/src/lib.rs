//! One thread under the names of rayon: a page has no other, and the real pool would be a tenth of the module.
//!
//! What the crate asks in parallel comes from an ordinary iterator here, in its order. The crate's answers are the same
//! for any number of threads, so they are the same here.

/// What brings the names into scope.
pub mod prelude {
    pub use crate::{
        IntoParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelSlice,
        ParallelSliceMut,
    };
}

/// One call after the other.
pub fn join<A, B>(first: impl FnOnce() -> A, second: impl FnOnce() -> B) -> (A, B) {
    (first(), second())
}

/// Where the real one hands work to its pool.
#[derive(Debug)]
pub struct Scope;

/// The work, done here.
pub fn scope<R>(work: impl FnOnce(&Scope) -> R) -> R {
    work(&Scope)
}

/// An iterator that answers to rayon's names too. What ends an iteration (`collect`, `for_each`, `min`, …) is the
/// standard library's; what goes on with it gives this type again.
#[derive(Debug, Clone)]
pub struct Par<I>(I);

impl<I: Iterator> Iterator for Par<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Par<I> {}

impl<I: Iterator> Par<I> {
    /// The same: how many items a thread takes at least is of no concern to one thread.
    pub fn with_min_len(self, _: usize) -> Self {
        self
    }

    /// The same: nor how many it takes at most.
    pub fn with_max_len(self, _: usize) -> Self {
        self
    }

    /// Each item with its number.
    pub fn enumerate(self) -> Par<impl Iterator<Item = (usize, I::Item)>> {
        Par(self.0.enumerate())
    }

    /// What `change` makes of each item.
    pub fn map<R>(self, change: impl FnMut(I::Item) -> R) -> Par<impl Iterator<Item = R>> {
        Par(self.0.map(change))
    }

    /// The same, with something that all calls share.
    pub fn map_init<T, R>(
        self,
        init: impl FnOnce() -> T,
        mut change: impl FnMut(&mut T, I::Item) -> R,
    ) -> Par<impl Iterator<Item = R>> {
        let mut shared = init();
        Par(self.0.map(move |item| change(&mut shared, item)))
    }

    /// `work` on each item, with something that all calls share.
    pub fn for_each_init<T>(
        self,
        init: impl FnOnce() -> T,
        mut work: impl FnMut(&mut T, I::Item),
    ) {
        let mut shared = init();
        self.0.for_each(|item| work(&mut shared, item));
    }

    /// The items for which `holds` is true.
    pub fn filter(self, holds: impl FnMut(&I::Item) -> bool) -> Par<impl Iterator<Item = I::Item>> {
        Par(self.0.filter(holds))
    }

    /// What `change` makes of an item, where it makes something.
    pub fn filter_map<R>(
        self,
        change: impl FnMut(I::Item) -> Option<R>,
    ) -> Par<impl Iterator<Item = R>> {
        Par(self.0.filter_map(change))
    }

    /// Pairs with the items of `other`.
    pub fn zip<J: IntoIterator>(self, other: J) -> Par<impl Iterator<Item = (I::Item, J::Item)>> {
        Par(self.0.zip(other))
    }

    /// Every so-manieth item, the first one first.
    pub fn step_by(self, step: usize) -> Par<impl Iterator<Item = I::Item>> {
        Par(self.0.step_by(step))
    }

    /// Whether `holds` is true for all items.
    pub fn all(self, holds: impl FnMut(I::Item) -> bool) -> bool {
        let mut items = self.0;
        items.all(holds)
    }

    /// All items brought together by `join`, from `start` on.
    pub fn reduce(
        self,
        start: impl FnOnce() -> I::Item,
        join: impl FnMut(I::Item, I::Item) -> I::Item,
    ) -> I::Item {
        self.0.fold(start(), join)
    }
}

/// What has items to take.
pub trait IntoParallelIterator: IntoIterator + Sized {
    /// The items.
    fn into_par_iter(self) -> Par<Self::IntoIter> {
        Par(self.into_iter())
    }
}

impl<T: IntoIterator> IntoParallelIterator for T {}

/// What has items to look at.
pub trait IntoParallelRefIterator<T> {
    /// The items.
    fn par_iter(&self) -> Par<std::slice::Iter<'_, T>>;
}

impl<T> IntoParallelRefIterator<T> for [T] {
    fn par_iter(&self) -> Par<std::slice::Iter<'_, T>> {
        Par(self.iter())
    }
}

/// What has items to change.
pub trait IntoParallelRefMutIterator<T> {
    /// The items.
    fn par_iter_mut(&mut self) -> Par<std::slice::IterMut<'_, T>>;
}

impl<T> IntoParallelRefMutIterator<T> for [T] {
    fn par_iter_mut(&mut self) -> Par<std::slice::IterMut<'_, T>> {
        Par(self.iter_mut())
    }
}

/// A list in pieces.
pub trait ParallelSlice<T> {
    /// So many items at a time, the last piece with fewer.
    fn par_chunks(&self, size: usize) -> Par<std::slice::Chunks<'_, T>>;
    /// So many items at a time, without what is left.
    fn par_chunks_exact(&self, size: usize) -> Par<std::slice::ChunksExact<'_, T>>;
    /// So many neighbours at a time.
    fn par_windows(&self, size: usize) -> Par<std::slice::Windows<'_, T>>;
}

impl<T> ParallelSlice<T> for [T] {
    fn par_chunks(&self, size: usize) -> Par<std::slice::Chunks<'_, T>> {
        Par(self.chunks(size))
    }

    fn par_chunks_exact(&self, size: usize) -> Par<std::slice::ChunksExact<'_, T>> {
        Par(self.chunks_exact(size))
    }

    fn par_windows(&self, size: usize) -> Par<std::slice::Windows<'_, T>> {
        Par(self.windows(size))
    }
}

/// A list in pieces to change.
pub trait ParallelSliceMut<T> {
    /// So many items at a time, the last piece with fewer.
    fn par_chunks_mut(&mut self, size: usize) -> Par<std::slice::ChunksMut<'_, T>>;
    /// So many items at a time, without what is left.
    fn par_chunks_exact_mut(&mut self, size: usize) -> Par<std::slice::ChunksExactMut<'_, T>>;
    /// By size.
    fn par_sort_unstable(&mut self)
    where
        T: Ord;
}

impl<T> ParallelSliceMut<T> for [T] {
    fn par_chunks_mut(&mut self, size: usize) -> Par<std::slice::ChunksMut<'_, T>> {
        Par(self.chunks_mut(size))
    }

    fn par_chunks_exact_mut(&mut self, size: usize) -> Par<std::slice::ChunksExactMut<'_, T>> {
        Par(self.chunks_exact_mut(size))
    }

    fn par_sort_unstable(&mut self)
    where
        T: Ord,
    {
        self.sort_unstable();
    }
}
