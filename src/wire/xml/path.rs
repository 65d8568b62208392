//! The readable path of a node: `/MsgHead/MsgInfo/Patient/Ident[2]/Id`.
//!
//! Local names without prefixes, because prefixes are the sender's private choice and namespaces are long. A position stands
//! where siblings share the local name. Names longer than [`NAME_CHARACTERS_MAX`] are cut; only a hostile sender has such.

use roxmltree::Attribute;
use roxmltree::Node;

const NAME_CHARACTERS_MAX: usize = 64;

/// The path of an element, or of the element around a text or comment. The document itself is `/`.
pub fn xpath_of(node: Node<'_, '_>) -> String {
    let mut steps: Vec<Node<'_, '_>> = node.ancestors().filter(Node::is_element).collect();
    steps.reverse();

    let mut path = String::with_capacity(steps.len() * 16);
    for step in steps {
        path.push('/');
        push_name(&mut path, step.tag_name().name());
        if let Some(position) = position_among_siblings(step) {
            path.push('[');
            path.push_str(&position.to_string());
            path.push(']');
        }
    }
    if path.is_empty() {
        path.push('/');
    }
    path
}

/// The path of an attribute: `/MsgHead/MsgInfo/Type/@V`.
pub fn attribute_path_of(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> String {
    let mut path = xpath_of(node);
    path.push_str("/@");
    push_name(&mut path, attribute.name());
    path
}

fn push_name(path: &mut String, name: &str) {
    path.extend(name.chars().take(NAME_CHARACTERS_MAX));
}

fn position_among_siblings(node: Node<'_, '_>) -> Option<usize> {
    let same = |it: &Node<'_, '_>| it.is_element() && it.tag_name().name() == node.tag_name().name();
    let before = node.prev_siblings().skip(1).filter(same).count();
    if before > 0 || node.next_siblings().skip(1).any(|it| same(&it)) { Some(before + 1) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_stands_only_where_siblings_share_the_name() {
        let tree = roxmltree::Document::parse("<m:A xmlns:m='u'><B/><m:C/><m:C><D V='x'>t</D></m:C></m:A>").unwrap();
        let d = tree.descendants().find(|it| it.has_tag_name("D")).unwrap();

        assert_eq!(xpath_of(d), "/A/C[2]/D");
        assert_eq!(xpath_of(d.first_child().unwrap()), "/A/C[2]/D");
        assert_eq!(attribute_path_of(d, d.attributes().next().unwrap()), "/A/C[2]/D/@V");
        assert_eq!(xpath_of(tree.root_element()), "/A");
        assert_eq!(xpath_of(tree.root()), "/");
    }

    #[test]
    fn a_monstrous_name_is_cut() {
        let text = format!("<{}/>", "x".repeat(10_000));
        let tree = roxmltree::Document::parse(&text).unwrap();

        assert_eq!(xpath_of(tree.root_element()).len(), 1 + NAME_CHARACTERS_MAX);
    }
}
