pub fn apply<Q,M,S>(b: async_graphql::SchemaBuilder<Q,M,S>, _: &crate::config::Limits)->async_graphql::SchemaBuilder<Q,M,S>{b}
