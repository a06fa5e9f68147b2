use super::{country::CountryCode,draft::Draft,problem::Problem,id::DevelopmentId};
#[derive(Debug,Clone,PartialEq,Eq)] pub struct CountryRecord{pub code:CountryCode,pub alpha3:String,pub numeric:Option<String>,pub name:String,pub iso_name:String,pub region_code:Option<String>,pub region:Option<String>,pub subregion_code:Option<String>,pub subregion:Option<String>,pub other_names:Vec<String>}
#[derive(Debug,Clone)] pub struct DevelopmentRecord{pub key:String}
impl DevelopmentRecord{ pub fn draft(&self,_:impl Fn(&str)->Option<DevelopmentId>)->Result<Draft,Problem>{todo!()} pub fn country(&self)->CountryCode{todo!()} pub fn problem(&self,_:Problem)->FileProblem{todo!()} }
#[derive(Debug,Clone)] pub struct FileProblem;
impl std::fmt::Display for FileProblem{fn fmt(&self,_:&mut std::fmt::Formatter<'_>)->std::fmt::Result{todo!()}}
