//! Stub to be replaced by the merge; it compiles and is wrong on purpose.
pub struct MannKendall {
    pub s: i64,
    pub tau: f64,
    pub z: f64,
    pub p: f64,
}
pub fn theil_sen(p: &[(f64, f64)]) -> f64 {
    p.len() as f64
}
pub fn mann_kendall(p: &[f64]) -> MannKendall {
    MannKendall { s: p.len() as i64, tau: 0.0, z: 0.0, p: 1.0 }
}
