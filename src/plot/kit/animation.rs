//! Pictures that move: frames in a loop, as a GIF.

use super::caption::{Caption, escaped, save};
use super::checks::counted;
use super::figure::Figure;
use super::image::{IN_MEMORY, base64, indexed};
use super::numbers::count;
use super::style::{round, size};
use super::text::one_line;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::path::Path;

/// The time a frame stands, in hundredths of a second, where nothing else is said.
const DELAY: u16 = 8;

/// Frames that follow each other in an endless loop, ready to be shown in a notebook or saved as a GIF.
///
/// The same animation gives the same bytes each time and on every machine. Each frame is a [`Figure`], to be
/// looked at by itself.
#[derive(Debug, Clone)]
pub struct Animation {
    caption: Caption,
    frames: Vec<Figure>,
    delay: u16,
}

impl Animation {
    /// Of at least one frame, all of one size.
    pub(crate) fn new(title: &str, alt: &str, frames: Vec<Figure>) -> Self {
        let caption = Caption::new(title, alt);
        let delay = DELAY;
        let moving = Self {
            caption,
            frames,
            delay,
        };
        moving.with_title(title)
    }

    /// Of figures of one size, each with its own title: the steps of a method, say. Each stands for `seconds`, to
    /// a hundredth.
    ///
    /// ```
    /// use fiedler::{ndarray::array, plot};
    /// let x = array![[0.0, 0.0], [1.0, 0.0], [3.0, 1.0]];
    /// let first = plot::clusters(&x, &array![0, 0, 0])?.with_title("step 0");
    /// let second = plot::clusters(&x, &array![0, 0, 1])?.with_title("step 1");
    /// let moving = plot::Animation::of(&[first, second], 0.5)?;
    /// assert_eq!(moving.frame_count(), 2);
    /// assert!(moving.alt().starts_with("An animation of 2 frames. First, step 0: "));
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Count`] for no figure, or more than 200, or one of another height than the first; [`Error::Parameter`] unless
    /// 0.02 ≤ seconds ≤ 60.
    pub fn of(frames: &[Figure], seconds: f64) -> Result<Self> {
        counted(
            "the number of frames",
            frames.len(),
            1..=200,
            "between 1 and 200",
        )?;
        let height = size(frames[0].height());
        for frame in frames {
            let own = size(frame.height());
            counted(
                "the height of a frame",
                own,
                height..=height,
                "that of the first, in pixels",
            )?;
        }
        if !(0.02..=60.0).contains(&seconds) {
            return Err(Error::Parameter {
                name: "seconds",
                value: seconds,
                wanted: "between 0.02 and 60",
            });
        }
        let (first, last) = (&frames[0], &frames[frames.len() - 1]);
        let alt = format!(
            "An animation of {}. First, {}: {} Last, {}: {}",
            count(frames.len(), "frame"),
            first.title(),
            first.alt(),
            last.title(),
            last.alt()
        );
        let hundredths = size(round(100.0 * seconds));
        Ok(Self {
            caption: Caption::new(first.title(), &alt),
            frames: frames.to_vec(),
            delay: u16::try_from(hundredths).unwrap_or(u16::MAX),
        })
    }

    /// The title, as it stands over each frame.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.caption.title
    }

    /// The alternative text: what moves, and how, in a sentence or two.
    #[must_use]
    pub fn alt(&self) -> &str {
        &self.caption.alt
    }

    /// The same animation under another title; `""` for none. Two lines have room.
    #[must_use]
    pub fn with_title(mut self, title: impl AsRef<str>) -> Self {
        self.caption.title = one_line(title.as_ref());
        let frames = self.frames.into_iter();
        let titled = frames.map(|frame| frame.with_title(&self.caption.title));
        self.frames = titled.collect();
        self
    }

    /// The same animation with another alternative text.
    #[must_use]
    pub fn with_alt(mut self, alt: impl AsRef<str>) -> Self {
        self.caption.alt = one_line(alt.as_ref());
        self
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.frames[0].size()
    }

    /// The number of frames in the loop.
    #[must_use]
    pub fn frame_count(&self) -> usize {
        self.frames.len()
    }

    /// A frame as a figure, counted from 0.
    ///
    /// # Errors
    /// [`Error::Count`] where there is no such frame.
    pub fn frame(&self, i: usize) -> Result<Figure> {
        self.frames.get(i).cloned().ok_or(Error::Count {
            name: "the frame",
            found: i,
            wanted: "below the number of frames; they are counted from 0",
        })
    }

    /// The animation as a GIF file that repeats for ever.
    #[must_use]
    pub fn gif(&self) -> Vec<u8> {
        let drawn: Vec<u8> = self.frames.iter().flat_map(Figure::rgb).collect();
        encoded(&drawn, self.frames.len(), self.size(), self.delay)
    }

    /// Writes the GIF.
    ///
    /// # Errors
    /// [`Error::File`] where the file cannot be written.
    pub fn save_gif(&self, path: impl AsRef<Path>) -> Result<()> {
        save(path.as_ref(), &self.gif())
    }

    /// Shows the animation as the result of a notebook's cell: evcxr calls this by its name.
    pub fn evcxr_display(&self) {
        println!("{}", self.evcxr_output());
    }

    /// What [`Self::evcxr_display`] prints: the GIF inside an HTML image, which JupyterLab, nbconvert and web pages
    /// all show, and the alternative text for those who do not see it.
    #[must_use]
    pub fn evcxr_output(&self) -> String {
        let (width, height) = self.size();
        let image = format!(
            "<img width=\"{width}\" height=\"{height}\" alt=\"{}\" src=\"data:image/gif;base64,{}\">",
            escaped(self.alt()),
            base64(&self.gif())
        );
        self.caption.output("text/html", &image)
    }
}

/// The GIF of frames of this size, one after the other.
fn encoded(rgb: &[u8], frames: usize, (width, height): (u32, u32), delay: u16) -> Vec<u8> {
    // One palette for all frames, so that nothing flickers that does not move.
    let (palette, indices) = indexed(rgb);
    let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let (width, height) = (side(width), side(height));
    let mut file = Vec::new();
    let mut encoder = gif::Encoder::new(&mut file, width, height, &palette).expect(IN_MEMORY);
    encoder.set_repeat(gif::Repeat::Infinite).expect(IN_MEMORY);
    for pixels in indices.chunks_exact(indices.len() / frames) {
        let frame = gif::Frame {
            width,
            height,
            delay,
            buffer: Cow::Borrowed(pixels),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).expect(IN_MEMORY);
    }
    drop(encoder);
    file
}
