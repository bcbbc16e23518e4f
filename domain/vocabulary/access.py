"""What the access log speaks of: which fields were read, on which page, what was exported, refused or changed."""

from domain.vocabulary import Vocabulary

FIELDS = Vocabulary(
    "fields that are read",
    {
        "name": ("name", "имя"),
        "words": ("words about what happened", "слова о случившемся"),
        "when": ("words about a time", "слова о времени"),
        "place": ("words about a place", "слова о месте"),
        "source": ("reference to the source", "ссылка на источник"),
        "reason": ("words about the reason of a change", "слова о причине изменения"),
        "by": ("organisation that recognised the person", "организация, признавшая человека"),
        "due": ("words about when a forgetting is due", "слова о сроке забвения"),
        "destination": ("destination abroad", "место за границей"),
        "captured": ("words about when an exhibit was captured", "слова о времени съёмки или сохранения материала"),
        "captured_by": ("who captured an exhibit", "кто снял или сохранил материал"),
        "address": ("address of a page", "адрес страницы"),
        "to": ("to whom an exhibit was handed over", "кому передан материал"),
    },
)
"""The fields that text is sealed for. One that is not in the list is written down and told as it stands: a reading that nobody
named beforehand is still a reading."""

PAGES = Vocabulary(
    "pages that are read",
    {
        "monitors.overview": ("overview", "обзор"),
        "monitors.protests": ("list of protests", "список акций"),
        "monitors.protest": ("protest", "акция"),
        "monitors.new_protest": ("form for a protest", "форма: акция"),
        "monitors.new_detention": ("form for a detention", "форма: задержание"),
        "monitors.another_detention": ("form for another detention", "форма: ещё одно задержание"),
        "monitors.new_release": ("form for a release", "форма: освобождение"),
        "monitors.new_incident": ("form for an incident", "форма: инцидент"),
        "monitors.incident": ("incident", "инцидент"),
        "hotline.line": ("line of a report", "строка сообщения"),
        "hotline.form": ("form for a report", "форма: сообщение"),
        "hotline.reports": ("reports to work off", "сообщения в работе"),
        "hotline.report": ("report", "сообщение"),
        "hotline.split": ("people told out of a report", "люди из сообщения"),
        "entries.add": ("form for an entry", "форма: новая запись"),
        "entries.correct": ("form for a correction", "форма: исправление"),
        "entries.withdraw": ("form for a withdrawal", "форма: отзыв"),
        "offline.page": ("page to be filled in without a connection", "страница для работы без связи"),
        "offline.brought": ("lines brought by a saved page", "строки с сохранённой страницы"),
        "offline.lines": ("lines written without a connection", "строки, записанные без связи"),
        "offline.save": ("recording of lines written without a connection", "запись строк, сделанных без связи"),
        "offline.lines_file": ("file of lines", "файл со строками"),
        "offline.lines_template": ("empty file of lines", "пустой файл для строк"),
        "intake.send_report": ("report sent with a token", "сообщение по токену"),
        "intake.description": ("description of the interface for programs", "описание интерфейса для программ"),
        "entries.reinstate": ("form for bringing back", "форма: возвращение записи"),
        "entries.move": ("form for another protest", "форма: другая акция"),
        "entries.split": ("form for several people", "форма: несколько человек"),
        "corrections.page": ("corrections", "исправления"),
        "lawyers.people": ("list of people", "список людей"),
        "lawyers.case_file": ("person's file", "карточка человека"),
        "journalists.figures": ("figures", "показатели"),
        "maps.cities": ("cities", "города"),
        "maps.city": ("city", "город"),
        "maps.heat": ("picture of a city", "карта города"),
        "stations.listed": ("list of stations", "список мест содержания"),
        "stations.station": ("station", "место содержания"),
        "stations.unplaced": ("what is not placed", "записи без места"),
        "stations.place_all_alike": ("form for the place of several entries", "форма: место нескольких записей"),
        "coordinators.readings": ("access log", "журнал доступа"),
        "coordinators.readers": ("who read a person's file", "кто читал карточку"),
        "access.sign_in": ("sign-in", "вход"),
        "access.demo_sign_in": ("sign-in to the demonstration", "вход в демонстрацию"),
        "access.sign_out": ("sign-out", "выход"),
        "access.confirm": ("confirmation", "подтверждение"),
        "access.account": ("own account", "своя учётная запись"),
        "access.end_session": ("end of a session", "завершение сеанса"),
        "access.renew": ("new credentials", "новые данные для входа"),
        "admin.accounts": ("accounts", "учётные записи"),
        "admin.add_account": ("new account", "новая учётная запись"),
        "admin.change_account": ("change of an account", "изменение учётной записи"),
        "admin.unlock": ("unlocking", "отпирание"),
        "admin.lock": ("locking", "запирание"),
        "admin.health": ("health", "состояние"),
        "lawyers.consent": ("withdrawal of consent", "отзыв согласия"),
        "forgetting.page": ("wish to be forgotten", "просьба быть забытым"),
        "forgetting.request_it": ("request to be forgotten", "запись просьбы быть забытым"),
        "forgetting.approve": ("approval of forgetting", "одобрение забвения"),
        "forgetting.cancel": ("end of a request to be forgotten", "отмена просьбы быть забытым"),
        "forgetting.carry_it_out": ("forgetting", "забвение"),
        "exhibits.page": ("exhibit", "материал"),
        "exhibits.deposit": ("form for an exhibit", "форма: материал"),
        "exhibits.working_copy": ("working copy of an exhibit", "рабочая копия материала"),
        "exhibits.original": ("original of an exhibit", "оригинал материала"),
        "search.form": ("search by name", "поиск по имени"),
        "search.people": ("what a search found", "найденное поиском"),
        "likeness.pairs": ("list of files likely of one person", "список карточек, возможно, одного человека"),
        "likeness.settle": ("two files beside each other", "две карточки рядом"),
        "languages.switch": ("choice of language", "выбор языка"),
        "about.page": ("about these pages", "об этих страницах"),
        "command.forget": ("command “forget”", "команда «забыть»"),
        "command.told": ("command “told”", "команда «рассказать»"),
    },
)
"""What a page is opened for, under the name the pages know it by. A test holds the list to the addresses there are; one that is
not in it is told as it stands."""

EXPORTS = Vocabulary(
    "exports",
    {
        "case_file": ("case file", "карточка человека"),
        "people": ("list of people", "список людей"),
        "court_papers": ("papers for a court or a UN body", "документы для суда или органа ООН"),
        "table": ("table of the record", "таблица записей"),
        "other": ("another export", "другая выгрузка"),
    },
)

EXHIBIT_USES = Vocabulary(
    "uses of an exhibit",
    {
        "viewed": ("working copy viewed", "просмотрена рабочая копия"),
        "exported": ("original exported as a file", "оригинал выгружен файлом"),
    },
)

REFUSALS = Vocabulary(
    "refusals",
    {
        "wrong_credentials": ("sign-in with wrong details", "вход с неверными данными"),
        "wrong_passphrase": ("confirmation with a wrong passphrase", "подтверждение с неверной парольной фразой"),
        "code_used_again": ("code used a second time", "код использован повторно"),
        "throttled": ("too many attempts", "слишком много попыток"),
        "not_allowed": ("page outside the account's role", "страница не для этой роли"),
        "not_theirs": ("record that is not assigned to the account", "запись, не назначенная этой учётной записи"),
        "not_confirmed": ("act without a fresh confirmation", "действие без свежего подтверждения"),
        "locked": ("personal text while it is locked", "личные сведения, пока они заперты"),
        "other": ("another refusal", "другой отказ"),
    },
)

ACCOUNT_CHANGES = Vocabulary(
    "changes of accounts",
    {
        "added": ("added", "создана"),
        "role_changed": ("role changed", "изменена роль"),
        "reset": ("passphrase and codes reset", "сброшены парольная фраза и коды"),
        "passphrase_changed": ("passphrase changed", "изменена парольная фраза"),
        "sessions_ended": ("sessions ended", "завершены сеансы"),
        "ended": ("ended", "закрыта"),
    },
)
