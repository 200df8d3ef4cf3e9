//! `network.gexf`: the network of `nodes.csv` and `edges.csv` in one file, in GEXF 1.3, which Gephi, Gephi Lite,
//! networkx and igraph read without questions about columns.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::digits::push_fixed;
use super::network::{self, Network};
use super::{Report, Rows, nodes};

/// The report.
pub(super) const REPORT: Report = Report {
    name: "network",
    about: "The network of nodes.csv and edges.csv in one file, in GEXF 1.3.",
    order: "As in nodes.csv and edges.csv.",
    key: &[],
    refers: &[],
    columns: || nodes::COLUMNS.iter().copied().filter(|column| !column.name.ends_with("degree")).collect(),
    needs: network::needs,
    rows: Rows::Graph(write),
};

/// What nodes have beside label and id: name and type of the format, in the order of [`values`].
const ATTRIBUTES: [(&str, &str); 3] = [("type", "string"), ("frequency", "long"), ("score", "double")];

/// Decimals of a score.
const DECIMALS: u8 = 6;

fn values(node: &network::Node) -> [Option<String>; ATTRIBUTES.len()] {
    // As nodes.csv writes it, so that the two agree in the last digit.
    let score = node.score.map(|score| {
        let mut text = Vec::new();
        push_fixed(&mut text, score, DECIMALS);
        String::from_utf8_lossy(&text).into_owned()
    });
    [Some(node.kind.to_owned()), Some(node.frequency.to_string()), score]
}

/// Text without the characters that XML cannot hold.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

fn write(network: &Network, unit: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let gexf = xml.create_element("gexf").with_attribute(("xmlns", "http://gexf.net/1.3"));
    gexf.with_attribute(("version", "1.3")).write_inner_content(|xml| {
        let about = format!("Co-occurrence by {unit}");
        xml.create_element("meta").write_inner_content(|xml| {
            xml.create_element("creator").write_text_content(quick_xml::events::BytesText::new("byline"))?;
            xml.create_element("description").write_text_content(quick_xml::events::BytesText::new(&about))?;
            Ok(())
        })?;
        let graph = xml.create_element("graph").with_attribute(("defaultedgetype", "undirected"));
        graph.write_inner_content(|xml| {
            write_attributes(xml)?;
            xml.create_element("nodes").write_inner_content(|xml| write_nodes(network, xml))?;
            xml.create_element("edges").write_inner_content(|xml| write_edges(network, xml))?;
            Ok(())
        })?;
        Ok(())
    })?;
    xml.into_inner().write_all(b"\n")
}

type Xml<'a> = Writer<&'a mut dyn Write>;

fn write_attributes(xml: &mut Xml<'_>) -> io::Result<()> {
    xml.create_element("attributes").with_attribute(("class", "node")).write_inner_content(|xml| {
        ATTRIBUTES.iter().try_for_each(|(name, kind)| {
            let attribute = xml.create_element("attribute").with_attribute(("id", *name));
            attribute.with_attribute(("title", *name)).with_attribute(("type", *kind)).write_empty().map(drop)
        })
    })?;
    Ok(())
}

fn write_nodes(network: &Network, xml: &mut Xml<'_>) -> io::Result<()> {
    network.nodes.iter().try_for_each(|node| {
        let element = xml.create_element("node").with_attribute(("id", printable(&node.id).as_str()));
        let element = element.with_attribute(("label", printable(&node.label).as_str()));
        let written = element.write_inner_content(|xml| {
            xml.create_element("attvalues").write_inner_content(|xml| {
                let known = ATTRIBUTES.iter().zip(values(node)).filter_map(|((name, _), value)| Some((*name, value?)));
                known.into_iter().try_for_each(|(name, value)| {
                    let element = xml.create_element("attvalue").with_attribute(("for", name));
                    element.with_attribute(("value", value.as_str())).write_empty().map(drop)
                })
            })?;
            Ok(())
        });
        written.map(drop)
    })
}

fn write_edges(network: &Network, xml: &mut Xml<'_>) -> io::Result<()> {
    network.edges.iter().enumerate().try_for_each(|(number, edge)| {
        let [source, target] = network.ends(edge);
        let element = xml.create_element("edge").with_attribute(("id", number.to_string().as_str()));
        let element = element.with_attribute(("source", printable(&source.id).as_str()));
        let element = element.with_attribute(("target", printable(&target.id).as_str()));
        element.with_attribute(("weight", edge.count.observed.to_string().as_str())).write_empty().map(drop)
    })
}

#[cfg(test)]
mod tests {
    use super::network::Node;
    use super::*;
    use crate::count::PairCount;
    use crate::report::network::Edge;

    #[test]
    fn the_graph_is_well_formed_xml_whatever_the_labels() {
        let node = |id: &str, score| Node {
            id: id.into(),
            label: format!("<\"{id}\"> & \u{1}co"),
            kind: "ORG",
            frequency: 2,
            degree: 1,
            weighted_degree: 2,
            score,
        };
        let count = PairCount { observed: 2, first: 2, second: 2, total: 9, span: 1 };
        let network = Network {
            nodes: vec![node("e1", Some(-0.1786875)), node("e2", None)],
            edges: vec![Edge { source: 0, target: 1, count, documents: 1 }],
            left_out: 0,
        };
        let mut out = Vec::new();
        write(&network, "sentence", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut labels = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(start) if start.name().as_ref() == "node" => {
                    let label = start.try_get_attribute("label").unwrap().unwrap();
                    labels.push(label.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap().into_owned());
                }
                _ => {}
            }
        }
        assert_eq!(labels, ["<\"e1\"> & co", "<\"e2\"> & co"]);
        assert!(text.contains(r#"<edge id="0" source="e1" target="e2" weight="2"/>"#), "{text}");
        assert_eq!(text.matches(r#"for="score""#).count(), 1);
        assert!(text.contains(r#"value="-0.178688""#), "a half is rounded as in nodes.csv: {text}");
    }
}
