// Nothing here runs: that it compiles, and that it would not without each @ts-expect-error, is the test.

import { Board, Changes, Tally, TallyNow } from './documents.ts';
import { live } from './live.ts';
import { request } from './request.ts';

const tracker = live({ url: '/graphql' });

export async function whatPagesMayWrite() {
  const { tally } = await request('/graphql', Tally);
  tally.total.toFixed();
  // @ts-expect-error: the document does not select it.
  tally.asOf;

  const board = await request('/graphql', Board, { first: 10, filter: { statuses: ['AGREED'] } });
  const kind = board.countries.nodes[0]?.latestDevelopment?.__typename;
  console.log(kind === 'Agreement');
  // @ts-expect-error: there is no such kind.
  console.log(kind === 'Agreements');
  // @ts-expect-error: there is no such status.
  await request('/graphql', Board, { filter: { statuses: ['MAYBE'] } });

  const stop: () => void = tracker.subscribe(Changes, { filter: { countries: ['GH'] } }, {
    next({ changes }, faults) {
      changes.cursor.length;
      faults?.[0]?.message.length;
      // @ts-expect-error: a change need not be about a country.
      changes.country.name;
    },
    state(state) {
      if (state.is === 'lost') state.since.toISOString();
      if (state.is === 'ended') state.error.code.length;
      // @ts-expect-error: there is no time of loss in other states.
      state.since;
    },
  });
  stop();
  // @ts-expect-error: a country's code is text.
  tracker.subscribe(Changes, { filter: { countries: [1] } }, { next() {} });
  // @ts-expect-error: whoever subscribes wants to hear something.
  tracker.subscribe(TallyNow, {}, {});

  tracker.follow(
    {
      query: Tally,
      // @ts-expect-error: its answer has no cursor.
      cursor: (snapshot) => snapshot.changes.pageInfo.endCursor,
      subscription: TallyNow,
    },
    { snapshot: ({ tally }) => tally.asked.toFixed(), next: ({ tally }) => tally.agreed.toFixed() },
  );

  tracker.subscribe('subscription { tally { total } }', {}, { next: ({ tally }) => tally.total });
}
