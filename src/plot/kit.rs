//! What pictures are drawn with. A picture names nothing but this kit, and the kit names no picture.

mod checks;

mod style;

mod numbers;

mod text;

mod image;

mod svg;

mod canvas;

mod scene;

mod ramp;

mod marks;

mod legend;

mod axis;

mod plane;

mod bar;

mod caption;

mod figure;

mod animation;

mod groups;

mod scatter;

mod cells;

mod curves;

mod trails;

pub use animation::Animation;
pub(super) use figure::CAPTION;
pub use figure::Figure;
pub use style::{CARD, PALETTE};

pub(super) use axis::{Axis, Scale, Spaced, axes, ends, interval, table_axes, with_margin};
pub(super) use bar::{BAR, draw_bar};
pub(super) use caption::{escaped, save, shown};
pub(super) use cells::Cells;
pub(super) use checks::{OR_NONE, all, counted, drawable, some, within_reach};
pub(super) use curves::{Chart, Curve, xs, ys};
pub(super) use groups::{Group, entries, groups, look_of};
pub(super) use legend::{Entry, Swatch, legend};
pub(super) use marks::{Dash, by_sign, coloured, line, outline, write};
pub(super) use numbers::{count, short, significant, subscript};
pub(super) use plane::{Plane, RIGHT, TOP, area_size, plane_size};
pub(super) use ramp::{diverging, ramp};
pub(super) use scatter::{Scatter, radius, to_scale};
pub(super) use scene::{Area, Drawn, NARROW, Scene, Sheet, WIDTH, room};
pub(super) use style::{
    ACCENT, AXIS, EDGE, INK, PAPER, Shape, TEXT, byte, colour, dev, look_name, round,
};
pub(super) use text::{one_line, shortened, style, width};
pub(super) use trails::trails;
