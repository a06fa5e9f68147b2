import {
  DeskAgreement,
  DeskAsk,
  DeskCourtOrder,
  DeskDenial,
  DeskPayment,
  DeskRefusal,
  DeskTalks,
  DeskTermination,
  DeskTransfer,
  type ActedFragment,
  type DevelopmentContentInput,
} from './documents.ts';
import { session } from './session.svelte.ts';

/** Records a development as a draft, by the mutation of its kind. */
export async function record(content: DevelopmentContentInput, country: string, idempotencyKey: string): Promise<ActedFragment> {
  const wish = { country, publish: false, idempotencyKey };
  const sent = () => {
    if (content.ask) return session.ask(DeskAsk, { input: { ...content.ask, ...wish } });
    if (content.talks) return session.ask(DeskTalks, { input: { ...content.talks, ...wish } });
    if (content.refusal) return session.ask(DeskRefusal, { input: { ...content.refusal, ...wish } });
    if (content.agreement) return session.ask(DeskAgreement, { input: { ...content.agreement, ...wish } });
    if (content.payment) return session.ask(DeskPayment, { input: { ...content.payment, ...wish } });
    if (content.transfer) return session.ask(DeskTransfer, { input: { ...content.transfer, ...wish } });
    if (content.courtOrder) return session.ask(DeskCourtOrder, { input: { ...content.courtOrder, ...wish } });
    if (content.denial) return session.ask(DeskDenial, { input: { ...content.denial, ...wish } });
    return session.ask(DeskTermination, { input: { ...content.termination, ...wish } });
  };
  return (await sent()).act;
}
