//! Stub to be replaced by the merge; it compiles and is wrong on purpose.
#[derive(Clone, Copy, Debug)]
pub struct Frequencies {
    pub target: u64,
    pub reference: u64,
    pub target_total: u64,
    pub reference_total: u64,
}
pub fn g2(f: Frequencies) -> f64 {
    f.target as f64 / f.target_total as f64 - f.reference as f64 / f.reference_total as f64
}
pub fn g2_rayson(f: Frequencies) -> f64 {
    g2(f)
}
pub fn chi2(f: Frequencies) -> f64 {
    g2(f)
}
pub fn bic(f: Frequencies) -> f64 {
    g2(f)
}
pub fn log_ratio(f: Frequencies) -> f64 {
    g2(f)
}
pub fn pct_diff(f: Frequencies) -> f64 {
    g2(f)
}
pub fn odds_ratio(f: Frequencies) -> f64 {
    g2(f)
}
pub fn simple_maths(f: Frequencies, n: f64) -> f64 {
    g2(f) + n
}
pub fn p_value(g2: f64) -> f64 {
    (-g2.abs()).exp()
}
