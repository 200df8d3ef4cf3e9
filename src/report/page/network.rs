//! The network of who is named together, as a picture and as a list of its strongest edges.

use std::collections::BTreeMap;

use super::Section;
use super::layout::{self, Extent, Frame};
use super::markup::{Count, Legend, Page, Signed, Term, Text, cut};
use super::source::{Tables, number, whole};
use crate::error::Result;

pub(super) const SECTION: Section = Section {
    id: "network",
    title: "Who is named together",
    tables: &["nodes", "edges"],
    about: "What stands together more often than by chance. The size of a node says how often it is named, the width of \
            a line how often two stand together, the colour how it is spoken of.",
    write,
};

/// Most nodes of the picture, and most edges: the strongest.
const MOST_NODES: usize = 36;
const MOST_EDGES: usize = 90;
/// Edges in the list.
const LISTED: usize = 15;
/// How much larger labels are on a narrow screen, as in `style.css`.
const ENLARGED: f64 = 25.0 / 13.0;
/// Most characters of a label.
const MOST_CHARS: usize = 28;
/// The size of the picture, in its own units.
const FRAME: Frame = Frame { width: 920.0, height: 620.0 };
/// The height of a picture of fewer than half the nodes.
const LOW: f64 = 430.0;
/// A score from which a node is coloured.
const LEAST_SCORE: f64 = 0.1;
/// Width of a narrow and of a wide letter, and height of a line of labels.
const LETTER: f64 = 7.2;
const WIDE_LETTER: f64 = 13.5;
const LINE: f64 = 15.0;

struct Node {
    id: String,
    label: String,
    frequency: u64,
    weight: u64,
    score: Option<f64>,
}

struct Edge {
    ends: [usize; 2],
    weight: u64,
    documents: u64,
    g2: f64,
}

fn write(tables: &Tables, page: &mut Page) -> Result<()> {
    let nodes = nodes(tables)?;
    let edges = edges(tables, &nodes)?;
    if edges.is_empty() {
        page.put(format_args!("<p>Nobody is named together with another more often than by chance.</p>\n"));
        return Ok(());
    }
    draw(&nodes, &edges, tables, page);
    list(&nodes, &edges, page);
    Ok(())
}

/// The nodes with the most edges by weight, the heaviest first.
fn nodes(tables: &Tables) -> Result<Vec<Node>> {
    let mut nodes = Vec::new();
    let Some(mut rows) = tables.read("nodes", ["Id", "Label", "frequency", "weighted_degree", "score"])? else {
        return Ok(nodes);
    };
    while let Some([id, label, frequency, weight, score]) = rows.next()? {
        let (frequency, weight, score) = (whole(frequency), whole(weight), number(score));
        nodes.push(Node { id: id.to_owned(), label: label.to_owned(), frequency, weight, score });
    }
    nodes.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
    nodes.truncate(MOST_NODES);
    Ok(nodes)
}

/// The strongest edges between these nodes, in the order of the table.
fn edges(tables: &Tables, nodes: &[Node]) -> Result<Vec<Edge>> {
    let places: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
    let mut edges = Vec::new();
    let Some(mut rows) = tables.read("edges", ["Source", "Target", "Weight", "docfreq", "g2"])? else {
        return Ok(edges);
    };
    while let Some([source, target, weight, documents, g2]) = rows.next()? {
        if let (Some(&source), Some(&target)) = (places.get(source), places.get(target)) {
            let (weight, documents) = (whole(weight), whole(documents));
            edges.push(Edge { ends: [source, target], weight, documents, g2: number(g2).unwrap_or_default() });
        }
        if edges.len() == MOST_EDGES {
            break;
        }
    }
    Ok(edges)
}

fn draw(nodes: &[Node], edges: &[Edge], tables: &Tables, page: &mut Page) {
    let joined = |at: usize| edges.iter().any(|edge| edge.ends.contains(&at));
    let shown: Vec<usize> = (0..nodes.len()).filter(|at| joined(*at)).collect();
    let place_of = |at: usize| shown.binary_search(&at).unwrap_or_default();
    let frequent = shown.iter().map(|at| nodes[*at].frequency).max().unwrap_or(1).max(1);
    let heaviest = edges.iter().map(|edge| edge.weight).max().unwrap_or(1).max(1);
    let share = |weight: u64| (weight as f64 / heaviest as f64).sqrt();
    let labels: Vec<String> = shown.iter().map(|at| cut(&nodes[*at].label, MOST_CHARS)).collect();
    let radius = |node: &Node| 4.0 + 9.0 * (node.frequency as f64 / frequent as f64).sqrt();
    let boxes: Vec<Extent> = shown
        .iter()
        .zip(&labels)
        .map(|(at, label)| {
            let radius = radius(&nodes[*at]);
            Extent { half_width: (width(label) / 2.0).max(radius) + 4.0, half_height: radius + LINE / 2.0 + 3.0 }
        })
        .collect();
    let springs: Vec<_> =
        edges.iter().map(|edge| (place_of(edge.ends[0]), place_of(edge.ends[1]), share(edge.weight))).collect();
    let frame = if shown.len() * 2 < MOST_NODES { Frame { height: LOW, ..FRAME } } else { FRAME };
    let at = layout::place(&boxes, &springs, frame);
    let labelled = labelled(&shown, nodes, &labels, &at);
    let (all_nodes, all_edges) = (tables.rows_of("nodes.csv"), tables.rows_of("edges.csv"));
    page.put(format_args!(
        "<figure><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Network\"><svg class=\"net\" \
         viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Network of {} nodes and {} edges; the strongest are listed \
         below\">\n",
        frame.width,
        frame.height,
        shown.len(),
        edges.len()
    ));
    for (edge, spring) in edges.iter().zip(&springs) {
        // The label stands below the node, so the middle of a node is above that of its box.
        let [from, to] = [spring.0, spring.1].map(|end| [at[end][0], at[end][1] - LINE / 2.0]);
        page.put(format_args!(
            "<line x1=\"{:.0}\" y1=\"{:.0}\" x2=\"{:.0}\" y2=\"{:.0}\" stroke-width=\"{:.1}\"/>\n",
            from[0],
            from[1],
            to[0],
            to[1],
            0.8 + 4.2 * share(edge.weight)
        ));
    }
    let drawn = shown.iter().map(|at| &nodes[*at]).zip(&labels).zip(&at).zip(labelled);
    for (((node, label), [x, y]), is_labelled) in drawn {
        let radius = radius(node);
        page.put(format_args!(
            "<circle class=\"{}\" cx=\"{x:.0}\" cy=\"{:.0}\" r=\"{radius:.1}\"><title>{}</title></circle>\
             <text{} x=\"{x:.0}\" y=\"{:.0}\">{}</text>\n",
            side(node.score),
            y - LINE / 2.0,
            Text(&node.label),
            if is_labelled { "" } else { " class=\"minor\"" },
            y + radius + LINE / 2.0 - 1.0,
            Text(label)
        ));
    }
    page.put(format_args!("</svg></div>\n<figcaption>"));
    page.put(format_args!(
        "{}A node is coloured from a score of {LEAST_SCORE} on. {} of {} nodes and {} of {} edges are drawn.</figcaption></figure>\n",
        Legend(&[("neg", "negative"), ("even", "neutral, or not scored"), ("pos", "positive")]),
        shown.len(),
        Count(all_nodes.unwrap_or_default()),
        edges.len(),
        Count(all_edges.unwrap_or_default())
    ));
}

/// Which nodes keep their label on a narrow screen: the most frequent, as many as do not cover each other.
fn labelled(shown: &[usize], nodes: &[Node], labels: &[String], at: &[[f64; 2]]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..shown.len()).collect();
    order.sort_by_key(|node| (std::cmp::Reverse(nodes[shown[*node]].frequency), *node));
    let mut kept: Vec<usize> = Vec::new();
    for node in order {
        let covers = |other: &usize| {
            let apart = (width(&labels[node]) + width(&labels[*other])) / 2.0 * ENLARGED;
            (at[node][0] - at[*other][0]).abs() < apart && (at[node][1] - at[*other][1]).abs() < LINE * ENLARGED
        };
        let half = width(&labels[node]) / 2.0 * ENLARGED;
        let fits = at[node][0] > half && at[node][0] + half < FRAME.width;
        if fits && !kept.iter().any(covers) {
            kept.push(node);
        }
    }
    (0..shown.len()).map(|node| kept.contains(&node)).collect()
}

fn side(score: Option<f64>) -> &'static str {
    match score {
        Some(score) if score <= -LEAST_SCORE => "neg",
        Some(score) if score >= LEAST_SCORE => "pos",
        _ => "even",
    }
}

/// About how wide a label is drawn.
fn width(label: &str) -> f64 {
    label.chars().map(|c| if u32::from(c) >= 0x1100 { WIDE_LETTER } else { LETTER }).sum()
}

fn list(nodes: &[Node], edges: &[Edge], page: &mut Page) {
    page.put(format_args!(
        "<h3>The strongest of these</h3>\n<table><thead><tr><th>one</th><th>other</th><th class=\"n\">together</th>\
         <th class=\"n\">docs</th><th class=\"n\">G2</th><th class=\"n interval\">spoken of</th></tr></thead><tbody>\n"
    ));
    for edge in edges.iter().take(LISTED) {
        let [one, other] = edge.ends.map(|end| &nodes[end]);
        page.put(format_args!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{:.1}\
             </td><td class=\"n interval\">",
            Term(&one.label),
            Term(&other.label),
            Count(edge.weight),
            Count(edge.documents),
            edge.g2
        ));
        if let (Some(one), Some(other)) = (one.score, other.score) {
            page.put(format_args!("{}, {}", Signed(one), Signed(other)));
        }
        page.put(format_args!("</td></tr>\n"));
    }
    page.put(format_args!("</tbody></table>\n"));
}
