-- the files of the inbox that could not be taken in, with what is wrong
-- grain: one row per file · key: file_name
-- reads: audit.set_aside_file
select file_name, sentence_fr, sentence_en
from audit.set_aside_file
order by file_name
