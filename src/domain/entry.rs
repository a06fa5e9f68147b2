use rust_decimal::Decimal;
use super::{development::*,source::*,draft::Draft,problem::Problem};
#[derive(Debug,Clone)] pub struct CitationEntry{pub source_id:Option<String>,pub source:Option<SourceEntry>,pub locator:Option<String>,pub quote:Option<String>}
#[derive(Debug,Clone)] pub struct SourceEntry{pub kind:SourceKind,pub publisher:Option<String>,pub title:String,pub url:Option<String>,pub archived_url:Option<String>,pub attribution:Option<String>,pub published_on:Option<String>}
#[derive(Debug,Clone)] pub struct PeopleEntry{pub exactly:Option<i64>,pub at_least:Option<i64>,pub at_most:Option<i64>,pub about:Option<i64>,pub described_as:Option<String>}
#[derive(Debug,Clone)] pub struct MoneyEntry{pub value:Decimal,pub currency:String}
#[derive(Debug,Clone)] pub struct Entry{pub kind:Kind,pub country:String,pub occurred:Option<String>,pub summary:String,pub affects_status:Option<bool>,pub citations:Vec<CitationEntry>,pub stage:Option<AskStage>,pub people:Option<PeopleEntry>,pub nationalities:Vec<String>,pub amount:Option<MoneyEntry>,pub terms:Option<String>,pub form:Option<AgreementForm>,pub court:Option<String>,pub disputes:Option<String>,pub denied_by:Option<String>,pub ended_by:Option<String>}
impl Entry { pub fn of(_:Kind)->Self{todo!()} pub fn check(self,_:chrono::NaiveDate)->Result<Draft,Vec<Problem>>{todo!()} }
