//! What changed from one revision to another, field by field, in words that a person can compare.

use super::{
    development::{Details, Development},
    edtf::Edtf,
    id::GlobalId,
    source::Citation,
};

/// A field with its value before and after, as text; `None` where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field by its name in the schema.
    pub field: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A revision's content, citations included.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    pub development: &'a Development,
    pub citations: &'a [Citation],
}

/// The fields that differ. A citation that was changed is told as one taken away and one added.
pub fn between(before: Content<'_>, after: Content<'_>) -> Vec<FieldChange> {
    let (earlier, later) = (fields(before.development), fields(after.development));
    let mut changes: Vec<FieldChange> = earlier
        .into_iter()
        .zip(later)
        .filter(|(before, after)| before != after)
        .map(|((field, before), (_, after))| FieldChange { field, before, after })
        .collect();
    let (earlier, later) = (lines(before.citations), lines(after.citations));
    let gone = earlier.iter().filter(|line| !later.contains(line));
    let come = later.iter().filter(|line| !earlier.contains(line));
    changes.extend(gone.map(|line| FieldChange { field: "citations", before: Some(line.clone()), after: None }));
    changes.extend(come.map(|line| FieldChange { field: "citations", before: None, after: Some(line.clone()) }));
    changes
}

type Field = (&'static str, Option<String>);

/// Every field that a revision can change, in the order of the schema; the same ones for any two revisions of a development.
fn fields(development: &Development) -> Vec<Field> {
    let mut fields = vec![
        ("occurred", development.occurred.as_ref().map(Edtf::text).map(str::to_owned)),
        ("summary", Some(development.summary.clone())),
        ("affectsStatus", Some(development.affects_status.to_string())),
        ("retracted", Some(development.retracted.to_string())),
    ];
    let people = |people: &Option<super::people::People>| ("people", people.as_ref().map(|people| people.label()));
    let nationalities = |codes: &[super::country::CountryCode]| {
        let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
        ("nationalities", (!codes.is_empty()).then(|| codes.join(", ")))
    };
    match &development.details {
        Details::Ask { stage, people: number } => {
            fields.extend([("stage", stage.map(name)), people(number)]);
        }
        Details::Talks | Details::Refusal => {}
        Details::Agreement { people: number, terms, form } => {
            fields.extend([people(number), ("terms", terms.clone()), ("form", form.map(name))]);
        }
        Details::Payment { amount, people: number, nationalities: codes } => {
            let amount = ("amount", amount.as_ref().map(|amount| amount.label()));
            fields.extend([amount, people(number), nationalities(codes)]);
        }
        Details::Transfer { people: number, nationalities: codes } => {
            fields.extend([people(number), nationalities(codes)]);
        }
        Details::CourtOrder { court } => fields.push(("court", court.clone())),
        Details::Denial { disputes, denied_by } => {
            let disputes = GlobalId::Development(*disputes).to_string();
            fields.extend([("disputes", Some(disputes)), ("deniedBy", Some(denied_by.clone()))]);
        }
        Details::Termination { ended_by } => fields.push(("endedBy", ended_by.clone())),
    }
    fields
}

fn name<T: async_graphql::resolver_utils::EnumType>(value: T) -> String {
    let item = T::items().iter().find(|item| item.value == value);
    item.map_or_else(String::new, |item| item.name.to_owned())
}

fn lines(citations: &[Citation]) -> Vec<String> {
    citations.iter().map(line).collect()
}

/// A citation as one line: where it is from, then where in it, then its words.
fn line(citation: &Citation) -> String {
    let source = &citation.source.details;
    let from = [source.publisher.as_deref(), Some(source.title.as_str()), source.url.as_deref()];
    let mut line = from.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if let Some(locator) = &citation.locator {
        line.push_str(&format!(", {locator}"));
    }
    if let Some(quote) = &citation.quote {
        line.push_str(&format!(": “{quote}”"));
    }
    line
}
