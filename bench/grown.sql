-- What bench/grown.py executes, one statement after another, in one transaction. The line before each says what
-- is numbered from :first to :last: entries, drafts, judges of each panel, sessions, registrations, or lines of
-- history and outbox.

-- for each entry
create temporary table fresh (entry_id int, category_id int, answer_sheet_id int, writer int, n int, i int)
    on commit drop;

-- for each entry
insert into organisation (slug, name, name_key, kind, region, started_at)
select 'invented-' || n / 10, 'Invented organisation ' || n / 10, 'invented organisation ' || n / 10,
       'Charity', 'Wales', :at
from generate_series(:first, :last) as n where n % 10 = 0;

-- for each entry
insert into person (email, name, administrator, joined_at, used_at)
select 'writer' || n || '@grown.example', 'Writer ' || n, false, :at, :at from generate_series(:first, :last) as n;

-- for each entry
insert into membership (organisation_id, person_id, state, lead, asked_at, decided_at)
select organisation.id, person.id, case n % 10 when 2 then 'asked' else 'member' end, n % 10 = 1, :at, :at
from generate_series(:first, :last) as n
join person on person.email = 'writer' || n || '@grown.example'
join organisation on organisation.slug = 'invented-' || (n + 9) / 10;

-- for each entry
with sheets as (
    insert into answer_sheet (question_set_id)
    select :questions from generate_series(:first, :last) returning id),
numbered as (select id, :first - 1 + row_number() over (order by id) as n from sheets)
insert into entry (reference, scheme_id, category_id, organisation_id, answer_sheet_id, title, state,
    started_by, started_at, changed_at, submitted_by, submitted_at, nominee, nominee_told,
    guardian_agreed, invented)
select 'GROW-' || lpad(cast(n as text), 6, '0'), :scheme, category.id, organisation.id, numbered.id,
    'Invented work number ' || n, 'submitted', person.id, :at, :at, person.id, :at, '', false, false, true
from numbered
join category on category.scheme_id = :scheme and category.slug = 'category-' || (n - 1) % :categories
join organisation on organisation.slug = 'invented-' || (n + 9) / 10
join person on person.email = 'writer' || n || '@grown.example';

-- for each draft
with sheets as (
    insert into answer_sheet (question_set_id)
    select :questions from generate_series(:first, :last) returning id),
numbered as (select id, :first - 1 + row_number() over (order by id) as n from sheets)
insert into entry (reference, scheme_id, category_id, organisation_id, answer_sheet_id, title, state,
    started_by, started_at, changed_at, nominee, nominee_told, guardian_agreed, invented)
select 'DRAFT-' || lpad(cast(n as text), 6, '0'), :scheme, category.id, organisation.id, numbered.id,
    'Invented draft number ' || n, 'draft', person.id, :at, :at, '', false, false, true
from numbered
join category on category.scheme_id = :scheme and category.slug = 'category-' || (n - 1) % :categories
join organisation on organisation.slug = 'invented-' || (n + 9) / 10
join person on person.email = 'writer' || n || '@grown.example';

-- for each entry
insert into fresh
select id, category_id, answer_sheet_id, started_by, n, (n - 1) / :categories
from (select entry.*, cast(right(reference, 6) as int) as n from entry
    where scheme_id = :scheme and reference like 'GROW-%') as numbered
where n between :first and :last;

-- for each entry
insert into answer (answer_sheet_id, question_id, text, version, finished, written_by, written_at)
select fresh.answer_sheet_id, question.id,
    repeat('Something that was tried and helped, as those who were there tell it. ', 6),
    1, true, fresh.writer, :at
from fresh join question on question.question_set_id = :questions and question.type = 'text';

-- for each entry
insert into entry_writer (entry_id, person_id, added_at)
select entry.id, entry.started_by, :at from entry
where entry.scheme_id = :scheme
and not exists (select from entry_writer where entry_writer.entry_id = entry.id);

-- for each judge
insert into panel (category_id, made_at)
select category.id, :at from category
where category.scheme_id = :scheme
and not exists (select from panel where panel.category_id = category.id);

-- for each judge
insert into person (email, name, administrator, joined_at, used_at)
select 'judge' || n || '@' || category.slug || '.example',
    'Judge ' || n || ' of ' || category.name, false, :at, :at
from generate_series(:first, :last) as n, category where category.scheme_id = :scheme;

-- for each judge
insert into judge (panel_id, person_id, lived_experience, chair, joined_at)
select panel.id, person.id, n % 3 = 0, n = 1, :at
from generate_series(:first, :last) as n, category
join panel on panel.category_id = category.id
join person on person.email like 'judge%@' || category.slug || '.example'
where category.scheme_id = :scheme and person.email = 'judge' || n || '@' || category.slug || '.example';

-- for each entry
with given as (
    select entry_id, category_id, i / :base_entries * :base_judges + (i * :reads + r) % :base_judges + 1 as k,
        case (n + r) % 10 when 0 then 'assigned' when 1 then 'reading' else 'done' end as state
    from fresh, generate_series(0, :reads - 1) as r)
insert into read (judge_id, entry_id, state, conflict, assigned_at, declared_at, finished_at)
select judge.id, given.entry_id, given.state, '', :judged_at,
    case when given.state <> 'assigned' then cast(:judged_at as timestamptz) end,
    case when given.state = 'done' then cast(:judged_at as timestamptz) end
from given
join category on category.id = given.category_id
join person on person.email = 'judge' || k || '@' || category.slug || '.example'
join judge on judge.person_id = person.id;

-- for each entry
insert into score (read_id, criterion_id, value, comment, scored_at)
select read.id, criterion.id, 1 + (read.id * 7 + criterion.id) % 5,
    'Clear and honest; a figure for how many came would help.', :judged_at
from fresh join read on read.entry_id = fresh.entry_id and read.state = 'done'
join criterion on criterion.scheme_id = :scheme;

-- for each entry
insert into outcome (entry_id, outcome, reason, decided_by, decided_at)
select entry_id,
    case when i % 100 = 0 then 'winner' when i % 50 = 10 then 'highly_commended' else 'shortlisted' end,
    'Invented for measuring', :noor, :judged_at
from fresh where i % 10 = 0;

-- for each entry
with asked as (
    insert into batch (kind, scope, total, asked_by, asked_at)
    select 'certificate', 'scheme:' || :scheme, count(*), :noor, :judged_at
    from outcome join fresh using (entry_id)
    returning id),
made as (
    insert into document (batch_id, kind, subject, state, attempts, storage_name, size, made_at, error)
    select asked.id, 'certificate', 'certificate:' || entry_id, 'made', 1,
        'documents/' || md5(cast(entry_id as text)) || '.pdf', 20000, :judged_at, ''
    from asked, outcome join fresh using (entry_id)
    returning id, subject)
insert into certificate (serial, entry_id, outcome, dated, document_id, asked_at)
select 'GROWN' || entry_id, entry_id, outcome.outcome, cast(:judged_at as date), made.id, :judged_at
from made join outcome on made.subject = 'certificate:' || entry_id;

-- for each session
insert into session (event_id, room_id, kind, title, about, speakers, content_note, support, starts_at,
    ends_at, covering_title, sequence, changed_at)
select event.id, room.id, case n % 2 when 1 then 'workshop' else 'plenary' end, 'Invented session ' || n,
    'Twenty people around one table, with two who know.', 'Two who know', '', '',
    :opens + hours, :opens + hours + interval '1 hour', '', 0, :at
from generate_series(:first, :last) as n
cross join lateral (select (n - 1) / :rooms as slot) as slots
cross join lateral (
    select slot / :slots * interval '1 day' + slot % :slots * interval '90 minutes' as hours) as starts
join event on event.slug = :slug
join room on room.event_id = event.id and room.name = 'Room ' || (n - 1) % :rooms + 1;

-- for each session
insert into workshop (session_id, places, taken, waiting)
select session.id, :places, 0, 0 from session join event on event.id = session.event_id
where event.slug = :slug and session.kind = 'workshop'
and not exists (select from workshop where workshop.session_id = session.id);

-- for each registration
insert into registration (reference, event_id, badge_name, email, state, registered_at, checked_in_at)
select 'GUEST-' || lpad(cast(n as text), 6, '0'), event.id, 'Guest ' || n || ' of the invented',
    'guest' || n || '@grown.example', 'placed', :at, case n % 10 when 0 then cast(:now as timestamptz) end
from generate_series(:first, :last) as n, event where event.slug = :slug;

-- for each registration
with free as (
    select session_id, row_number() over (order by session_id) - 1 as w from workshop
    where taken = 0 and session_id in (
        select session.id from session join event on event.id = session.event_id where slug = :slug)),
many as (select count(*) as workshops from free)
insert into workshop_choice (registration_id, session_id, state, chosen_at)
select registration.id, free.session_id, 'placed', :at
from generate_series(:first, :last) as n cross join many
join free on free.w = n % workshops
join registration on registration.reference = 'GUEST-' || lpad(cast(n as text), 6, '0');

-- for each registration
update workshop set taken = (select count(*) from workshop_choice
    where workshop_choice.session_id = workshop.session_id and state = 'placed')
where session_id in (
    select session.id from session join event on event.id = session.event_id where slug = :slug);

-- for each registration
update event set taken = :last where slug = :slug;

-- for each registration
insert into needs (registration_id, access, dietary)
select registration.id, case n % 20 when 0 then 'Hearing loop' else '' end, 'Vegan'
from generate_series(:first, :last) as n
join registration on registration.reference = 'GUEST-' || lpad(cast(n as text), 6, '0')
where n % 10 = 0;

-- for each registration
insert into registration_link (token_hash, registration_id, expires_at)
select case n when 1 then :link else 'grown-' || n end, registration.id, :opens
from generate_series(:first, :last) as n
join registration on registration.reference = 'GUEST-' || lpad(cast(n as text), 6, '0');

-- for each line
insert into history (at, person_id, what, scope, subject, changes)
select cast(:at as timestamptz) + n * interval '1 second', :noor, 'entries.change_title',
    case n % 2 when 0 then 'scheme:' || :scheme else 'event:' || event.id end,
    'entry:' || (select min(id) from entry where scheme_id = :scheme) + n % 1000,
    '{"title": ["Before", "After"]}'
from generate_series(:first, :last) as n, event where event.slug = :slug;

-- for each line
insert into mail (reference, recipient, subject, template, values, attachments, state, attempts,
    written_at, try_after, sent_at, error)
select 'grown-' || n, 'guest' || n || '@grown.example', 'An invented mail', 'entries/receipt',
    '{}', '[]', 'sent', 1, m, m, m, ''
from generate_series(:first, :last) as n
cross join lateral (select :at + n * interval '1 second' as m) as moments;
