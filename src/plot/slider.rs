//! A figure that answers to the hand: one value after another, by a slider.

use super::kit::{Figure, counted, escaped, one_line};
use crate::error::{Error, Result};
use std::fmt::Write as _;
use std::path::Path;

/// One figure for each value of a parameter, and a slider that goes through them.
///
/// In a page that runs scripts, such as JupyterLab, the slider moves by hand and by the arrow keys. Where no script runs,
/// as on GitHub, the figure of the value that was chosen stands there, still and complete.
///
/// ```
/// use fiedler::{data::circles, plot, spectral_clustering};
/// let rings = circles(200, 0.05, 0.4, 0)?;
/// let mut steps = Vec::new();
/// for epsilon in [0.3, 0.4, 1.0] {
///     let labels = spectral_clustering(&rings.x, epsilon)?;
///     steps.push((epsilon, plot::clusters(&rings.x, &labels)?));
/// }
/// let slider = plot::slider("ε", &steps)?.starting_at(1)?;
/// assert_eq!(slider.len(), 3);
/// assert!(slider.html().contains("alt=\"ε = 0.4. "));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::Count`] for no figure, or more than 60: each is a picture in the page.
pub fn slider<V: std::fmt::Display>(name: &str, steps: &[(V, Figure)]) -> Result<Slider> {
    counted(
        "the number of figures",
        steps.len(),
        1..=60,
        "between 1 and 60",
    )?;
    let steps = steps.iter();
    Ok(Slider {
        name: one_line(name),
        steps: steps
            .map(|(value, figure)| (one_line(&value.to_string()), figure.clone()))
            .collect(),
        start: 0,
    })
}

/// Figures behind a slider, as [`slider`] makes them.
#[derive(Debug, Clone)]
pub struct Slider {
    name: String,
    /// Each value, and its figure.
    steps: Vec<(String, Figure)>,
    start: usize,
}

/// Finds its own parts by standing behind them; leaves the figure alone where it is not run. An attribute of the
/// slider keeps JupyterLab from taking the arrow keys for itself.
const SCRIPT: &str = "\
(() => {
const box = document.currentScript.parentElement;
const [image, input, output] = ['img', 'input', 'output'].map(tag => box.querySelector(tag));
const steps = JSON.parse(box.querySelector('script[type=\"application/json\"]').textContent);
box.querySelector('label').style.display = 'flex';
input.addEventListener('input', () => {
const step = steps[input.value];
image.src = 'data:image/png;base64,' + step.png;
image.alt = step.alt;
output.textContent = step.value;
input.setAttribute('aria-valuetext', step.value);
});
})();";

impl Slider {
    /// The number of figures.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always a figure")]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// The same slider, at first at this figure, counted from 0. It is what stands there where no script runs.
    ///
    /// # Errors
    /// [`crate::Error::Count`] where there is no such figure.
    pub fn starting_at(mut self, start: usize) -> Result<Self> {
        if start >= self.steps.len() {
            return Err(Error::Count {
                name: "the figure to start at",
                found: start,
                wanted: "below the number of figures; they are counted from 0",
            });
        }
        self.start = start;
        Ok(self)
    }

    /// The figure that stands there at first.
    #[must_use]
    pub fn figure(&self) -> &Figure {
        &self.steps[self.start].1
    }

    /// The alternative text of a figure begins with its value.
    fn alt(&self, step: usize) -> String {
        let (value, figure) = &self.steps[step];
        format!("{} = {value}. {}", self.name, figure.alt())
    }

    /// A piece of a page: the figures, the slider and its script.
    #[must_use]
    pub fn html(&self) -> String {
        let (width, height) = self.figure().size();
        let (name, last) = (escaped(&self.name), self.steps.len() - 1);
        let (start, value) = (self.start, escaped(&self.steps[self.start].0));
        let alt = escaped(&self.alt(start));
        let mut data = String::new();
        for (step, (value, figure)) in self.steps.iter().enumerate() {
            let comma = if step == 0 { "" } else { "," };
            let _ = write!(
                data,
                "{comma}{{\"value\":{},\"alt\":{},\"png\":\"{}\"}}",
                quoted(value),
                quoted(&self.alt(step)),
                figure.base64()
            );
        }
        format!(
            "<div>\n\
             <img width=\"{width}\" height=\"{height}\" alt=\"{alt}\" src=\"data:image/png;base64,{png}\">\n\
             <label style=\"display:none;gap:0.8em;align-items:center;max-width:{width}px\">\
             <span>{name}</span>\
             <input type=\"range\" data-lm-suppress-shortcuts=\"true\" min=\"0\" max=\"{last}\" value=\"{start}\" style=\"flex:1\" \
             aria-label=\"{name}\" aria-valuetext=\"{value}\">\
             <output style=\"min-width:5em\">{value}</output></label>\n\
             <script type=\"application/json\">[{data}]</script>\n\
             <script>{SCRIPT}</script>\n\
             </div>",
            png = self.figure().base64(),
        )
    }

    /// Writes a page that holds the slider alone.
    ///
    /// # Errors
    /// [`crate::Error::File`] where the file cannot be written.
    pub fn save_html(&self, path: impl AsRef<Path>) -> Result<()> {
        let page = format!(
            "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{}</title>\n{}\n",
            escaped(self.figure().title()),
            self.html()
        );
        super::kit::save(path.as_ref(), page.as_bytes())
    }

    /// Shows the slider as the result of a notebook's cell: evcxr calls this by its name.
    pub fn evcxr_display(&self) {
        println!("{}", self.evcxr_output());
    }

    /// What [`Self::evcxr_display`] prints: the slider, and the alternative text of the figure it starts at.
    #[must_use]
    pub fn evcxr_output(&self) -> String {
        super::kit::shown("text/html", &self.html(), &self.alt(self.start))
    }
}

/// A string of JSON that is safe inside a script: no `</script>` ends it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '<' => quoted.push_str("\\u003c"),
            control if control < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_text_ends_the_script_that_holds_it() {
        assert_eq!(
            quoted("a \"b\" \\ </script>\n"),
            "\"a \\\"b\\\" \\\\ \\u003c/script>\\u000a\""
        );
    }
}
