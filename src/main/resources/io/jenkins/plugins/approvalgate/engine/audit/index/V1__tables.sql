-- Times are milliseconds since 1970 in UTC. ${exact}: names are compared and sorted code by code. ${text}: of any length.

-- A copy of an earlier form is made anew.
drop table if exists audit_word;
drop table if exists audit_gate;
drop table if exists audit_event;
drop table if exists audit_position;
drop table if exists "audit_schema";

create table audit_position (
    controller varchar(64) ${exact} not null,
    number integer not null,
    seq bigint not null,
    hash varchar(64) not null,
    place varchar(200) not null,
    clearing boolean not null,
    primary key (controller),
    unique (number)
);

-- id: seq * 65536 + the controller's number, so that lines come in the order of the rows, and one number tells which it is.
create table audit_event (
    id bigint not null,
    controller varchar(64) ${exact} not null,
    writer integer not null,
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
    words ${text},
    data ${text} not null,
    hash varchar(64) not null,
    primary key (id)
);

create index audit_event_gate on audit_event (gate, id);

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

create table audit_word (
    word varchar(60) ${exact} not null,
    at bigint not null,
    id bigint not null
);
