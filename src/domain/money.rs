use rust_decimal::Decimal;
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money { value: Decimal, currency: String }
impl Money { pub fn value(&self)->Decimal{self.value} pub fn currency(&self)->&str{&self.currency} pub fn label(&self)->String{todo!()} pub fn stored(_:Decimal,_:&str)->Result<Self,crate::store::error::StoreError>{todo!()} }
