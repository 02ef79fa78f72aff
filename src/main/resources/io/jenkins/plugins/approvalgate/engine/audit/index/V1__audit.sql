-- Times are milliseconds since 1970 in UTC. ${exact}: names are compared and sorted code by code. ${text}: of any length.

create table audit_position (
    controller varchar(64) ${exact} not null,
    seq bigint not null,
    hash varchar(64) not null,
    place varchar(200) not null,
    clearing boolean not null,
    primary key (controller)
);

create table audit_event (
    controller varchar(64) ${exact} not null,
    seq bigint not null,
    at bigint not null,
    gate varchar(40) ${exact},
    type varchar(40) ${exact} not null,
    actor varchar(500) ${exact},
    actor_folded varchar(500) ${exact},
    environment varchar(500) ${exact},
    job varchar(500) ${exact},
    build integer,
    branch varchar(500) ${exact},
    outcome varchar(40) ${exact},
    comment ${text},
    data ${text} not null,
    hash varchar(64) not null,
    primary key (seq, controller)
);

create index audit_event_at on audit_event (at desc, controller desc, seq desc);
create index audit_event_controller on audit_event (controller desc, at desc, seq desc);
create index audit_event_gate on audit_event (gate desc, at desc, controller desc, seq desc);
create index audit_event_type on audit_event (type desc, at desc, controller desc, seq desc);
create index audit_event_actor on audit_event (actor_folded desc, at desc, controller desc, seq desc);
create index audit_event_environment on audit_event (environment desc, at desc, controller desc, seq desc);
create index audit_event_job on audit_event (job desc, at desc, controller desc, seq desc);
create index audit_event_build on audit_event (build desc, at desc, controller desc, seq desc);
create index audit_event_outcome on audit_event (outcome desc, at desc, controller desc, seq desc);

create table audit_gate (
    controller varchar(64) ${exact} not null,
    gate varchar(40) ${exact} not null,
    environment varchar(500) ${exact} not null,
    job varchar(500) ${exact} not null,
    build integer not null,
    stage varchar(500) ${exact},
    branch varchar(500) ${exact},
    requested_by varchar(500) ${exact} not null,
    requested_at bigint not null,
    deadline bigint not null,
    sla_due bigint,
    first_decision_at bigint,
    answered_at bigint,
    decided boolean not null,
    closed_at bigint,
    closed_month integer,
    outcome varchar(40) ${exact},
    last_seq bigint not null,
    primary key (gate, controller)
);

create index audit_gate_environment on audit_gate (environment, closed_at);
create index audit_gate_closed on audit_gate (closed_at);
create index audit_gate_last on audit_gate (last_seq, controller);

create table audit_word (
    word varchar(60) ${exact} not null,
    at bigint not null,
    controller varchar(64) ${exact} not null,
    seq bigint not null,
    primary key (seq, controller, word)
);

create index audit_word_word on audit_word (word, at, controller, seq);
