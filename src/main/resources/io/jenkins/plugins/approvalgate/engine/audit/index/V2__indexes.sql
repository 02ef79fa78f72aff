-- What searches need, and the writing of a journal's lines does not: made once most of them are there, each if it is not yet.

create index if not exists audit_event_at on audit_event (at desc, id desc);
create index if not exists audit_event_writer on audit_event (writer desc, at desc, id desc);
create index if not exists audit_event_type on audit_event (type desc, at desc, id desc);
create index if not exists audit_event_actor on audit_event (actor_folded desc, at desc, id desc);
create index if not exists audit_event_environment on audit_event (environment desc, at desc, id desc);
create index if not exists audit_event_job on audit_event (job desc, at desc, id desc);
create index if not exists audit_event_build on audit_event (build desc, at desc, id desc);
create index if not exists audit_event_outcome on audit_event (outcome desc, at desc, id desc);

create index if not exists audit_gate_environment on audit_gate (environment, closed_at);
create index if not exists audit_gate_closed on audit_gate (closed_at);
create index if not exists audit_gate_last on audit_gate (last_seq, controller);

create index if not exists audit_word_word on audit_word (word, at desc, id desc);
