//! A letter as plain text, for an archive: every word of it, and nothing of how it looks.

use crate::inbox::letter::Section;
use std::fmt::Write;

/// Each section under its heading, each field under its label.
pub(in crate::inbox) fn plain(sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        writeln!(out, "{}", section.heading).expect("writing to memory does not fail");
        for entry in &section.entries {
            writeln!(out, "{}:", entry.label).expect("writing to memory does not fail");
            let rich = entry.rich.as_ref().map(|it| without_tags(&it.to_string()));
            for line in rich.iter().chain(&entry.lines).flat_map(|it| it.lines()) {
                writeln!(out, "  {line}").expect("writing to memory does not fail");
            }
        }
        out.push('\n');
    }
    out
}

/// What we drew ourselves, so that each `<` begins a tag and five signs are escaped. Each block ends its line.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let ends_line = ["br", "/p", "/h5", "/li", "/tr", "/dt", "/dd"].contains(&tag);
        let is_new = out.is_empty() || out.ends_with('\n');
        match tag {
            _ if ends_line && !is_new => out.push('\n'),
            "/td" | "/th" if !is_new => out.push(' '),
            _ => {}
        }
        out.push_str(text);
    }
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(out, |out, (escaped, sign)| out.replace(escaped, sign)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;
    use super::without_tags;
    use crate::inbox::letter::Entry;
    use crate::inbox::letter::Section;

    #[test]
    fn a_letter_as_text_has_every_word_and_no_tag() {
        let entry = |label: &str, lines: &[&str]| Entry {
            label: label.to_owned(),
            lines: lines.iter().map(|it| (*it).to_owned()).collect(),
            prose: true,
            rich: None,
        };
        let section =
            Section { heading: "Melding".to_owned(), entries: vec![entry("Tema", &["Epikrise", "to\nlinjer"])] };

        assert_eq!(plain(&[section]), "Melding\nTema:\n  Epikrise\n  to\n  linjer\n\n");
        let drawn = "<h5>Vurdering</h5><p>5 &lt; 7 &amp;amp; <strong>viktig</strong><br>ny linje</p><ul><li><p>ett</p></li></ul>";
        assert_eq!(without_tags(drawn), "Vurdering\n5 < 7 &amp; viktig\nny linje\nett");
    }
}
