"""What is kept as an exhibit: its kind, the form of its file, how it was captured, how and why it was handed over."""

from domain.vocabulary import Vocabulary

EXHIBIT_KINDS = Vocabulary(
    "kinds of exhibits",
    {
        "photograph": ("photograph", "фотография"),
        "video": ("video", "видео"),
        "audio": ("sound recording", "аудиозапись"),
        "document": ("document", "документ"),
        "page": ("web page or message", "веб-страница или сообщение"),
        "other": ("another exhibit", "другой материал"),
    },
)

MEDIA = Vocabulary(
    "forms of files",
    {
        "jpeg": ("JPEG picture", "изображение JPEG"),
        "png": ("PNG picture", "изображение PNG"),
        "gif": ("GIF picture", "изображение GIF"),
        "webp": ("WebP picture", "изображение WebP"),
        "heif": ("HEIF picture", "изображение HEIF"),
        "tiff": ("TIFF picture", "изображение TIFF"),
        "pdf": ("PDF document", "документ PDF"),
        "mp4": ("MP4 video", "видео MP4"),
        "webm": ("WebM or Matroska video", "видео WebM или Matroska"),
        "mp3": ("MP3 sound", "звук MP3"),
        "ogg": ("Ogg sound", "звук Ogg"),
        "wav": ("WAV sound", "звук WAV"),
        "zip": ("ZIP archive or office document", "архив ZIP или офисный документ"),
        "html": ("HTML page", "страница HTML"),
        "svg": ("SVG drawing", "рисунок SVG"),
        "text": ("plain text", "простой текст"),
        "unknown": ("form of the file not recognised", "формат файла не распознан"),
    },
)
"""Told from the first bytes of the file, never from what a browser calls it."""

CAPTURE_WAYS = Vocabulary(
    "ways of capturing",
    {
        "own_device": ("taken with one's own device", "снято на собственное устройство"),
        "scanned": ("scanned or photographed from paper", "скан или снимок с бумаги"),
        "screenshot": ("screenshot", "снимок экрана"),
        "saved_page": ("page saved as a file", "страница, сохранённая в файл"),
        "downloaded": ("downloaded", "скачано"),
        "forwarded": ("forwarded in a messenger", "переслано в мессенджере"),
        "fixed_camera": ("fixed camera", "стационарная камера"),
        "given_on_paper": ("paper that was handed in", "бумага, переданная лично"),
        "unknown": ("not known how", "неизвестно как"),
    },
)

HANDOVER_FORMS = Vocabulary(
    "forms of a handing over",
    {
        "original_file": ("the original as a file", "оригинал файлом"),
        "storage_medium": ("the original on a storage medium", "оригинал на носителе"),
        "working_copy": ("the working copy", "рабочая копия"),
        "print": ("a print", "распечатка"),
        "unknown": ("not known in what form", "неизвестно в каком виде"),
    },
)

HANDOVER_REASONS = Vocabulary(
    "reasons for a handing over",
    {
        "defence": ("for the defence", "для защиты"),
        "court": ("for a court", "для суда"),
        "complaint": ("for a complaint", "для жалобы"),
        "international_body": ("for an international body", "для международного органа"),
        "publication": ("for publication", "для публикации"),
        "expert": ("for an expert's examination", "для экспертизы"),
        "safekeeping": ("for safekeeping", "на хранение"),
        "returned": ("given back to whoever brought it", "возвращено тому, кто принёс"),
        "other": ("for another reason", "по другой причине"),
    },
)
