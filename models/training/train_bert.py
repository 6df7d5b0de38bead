"""Pre-trains a small bilingual BERT (masked language model), then fine-tunes a question-answering head on a copy.

usage: python train_bert.py tokenize|pretrain SECONDS|answer|export   (in this order; state is kept in work/bert)
Reads data/en*.txt.xz and data/zh*.txt.xz (a text a line) and data/qa.jsonl.gz (question, context, answer, answer_start).
"""

import gzip
import json
import lzma
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertForMaskedLM, BertForQuestionAnswering

STATE, DATA, OUT = Path("work/bert"), Path("data"), Path("out")
DEVICE = "cuda"
VOCABULARY, LENGTH, MASKED_SHARE = 16_000, 128, 0.15
SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CONFIG = {
    "vocab_size": VOCABULARY,
    "hidden_size": 384,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
    "max_position_embeddings": 512,
    "type_vocab_size": 2,
    "hidden_dropout_prob": 0.0,
    "attention_probs_dropout_prob": 0.0,
}


def lines(language):
    for file in sorted(DATA.glob(f"{language}*.txt.xz")):
        with lzma.open(file, "rt", encoding="utf8", errors="ignore") as text:
            yield from (line.strip() for line in text if len(line.strip()) > 1)


def tokenizer():
    return Tokenizer.from_file(str(STATE / "tokenizer.json"))


def tokenize():
    """Trains the word pieces and packs whole lines into blocks of LENGTH tokens."""
    STATE.mkdir(parents=True, exist_ok=True)
    rng = random.Random(0)
    texts = {"en": list(lines("en")), "zh": list(lines("zh"))}
    word_pieces = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    word_pieces.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False
    )
    word_pieces.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    word_pieces.decoder = decoders.WordPiece()
    sample = [
        line
        for language, most in (("en", 400_000), ("zh", 200_000))
        for line in rng.sample(texts[language], min(len(texts[language]), most))
    ]
    word_pieces.train_from_iterator(
        sample,
        trainers.WordPieceTrainer(
            vocab_size=VOCABULARY, min_frequency=3, limit_alphabet=6500, special_tokens=SPECIAL_TOKENS
        ),
    )
    start, separator = word_pieces.token_to_id("[CLS]"), word_pieces.token_to_id("[SEP]")
    word_pieces.post_processor = processors.BertProcessing(("[SEP]", separator), ("[CLS]", start))
    word_pieces.save(str(STATE / "tokenizer.json"))

    blocks = []
    for language in texts.values():
        block = [start]

        def close():
            nonlocal block
            blocks.append(np.array(block + [0] * (LENGTH - len(block)), dtype=np.uint16))
            block = [start]

        for at in range(0, len(language), 20_000):
            for encoded in word_pieces.encode_batch(language[at : at + 20_000], add_special_tokens=False):
                ids = (encoded.ids + [separator])[: LENGTH - 1]
                if len(block) + len(ids) > LENGTH:
                    close()
                block += ids
                if rng.random() < 0.06 and len(block) > 6:  # short inputs too, as when it is used
                    close()
    np.save(STATE / "blocks.npy", np.stack(blocks))


class MaskedLanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.bert = BertForMaskedLM(BertConfig(**CONFIG, attn_implementation="sdpa"))

    def forward(self, ids, attention, places, labels):
        states = self.bert.bert(input_ids=ids, attention_mask=attention).last_hidden_state
        return F.cross_entropy(self.bert.cls(states.flatten(0, 1)[places]).float(), labels)


def mask_tokens(ids, mask_id):
    """BERT's corruption: of 15 % of the tokens, 80 % become [MASK], 10 % a random token, 10 % stay."""
    draw = torch.where(ids >= len(SPECIAL_TOKENS), torch.rand(ids.shape, device=DEVICE), 2.0)
    count = int(ids.numel() * MASKED_SHARE)
    places = draw.flatten().topk(count, largest=False).indices
    labels, corrupted = ids.flatten()[places].clone(), ids.flatten().clone()
    fate = torch.rand(count, device=DEVICE)
    other = torch.randint(len(SPECIAL_TOKENS), VOCABULARY, (count,), device=DEVICE)
    corrupted[places] = torch.where(fate < 0.8, mask_id, torch.where(fate < 0.9, other, labels))
    return corrupted.view_as(ids), ids > 0, places, labels


def learning_rate(share, peak, warm_up):
    """Linear up over `warm_up` of the time, then linear down to 1 % of the peak."""
    return peak * (
        max(share / warm_up, 1e-3) if share < warm_up else max(0.01, 1 - (share - warm_up) / (1 - warm_up))
    )


def pretrain(seconds, batch=768):
    torch.manual_seed(0)
    torch.set_float32_matmul_precision("high")
    blocks = torch.from_numpy(np.load(STATE / "blocks.npy").astype(np.int32)).to(DEVICE)
    mask_id = tokenizer().token_to_id("[MASK]")
    model = MaskedLanguageModel().to(DEVICE)
    groups = [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in model.parameters() if p.dim() <= 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98), fused=True)
    compiled, started, steps = torch.compile(model, dynamic=False), time.time(), 0
    while (spent := time.time() - started) < seconds:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(spent / seconds, 5e-4, 0.06)
        ids = blocks[torch.randint(0, len(blocks), (batch,), device=DEVICE)].long()
        with torch.autocast("cuda", torch.bfloat16):
            loss = compiled(*mask_tokens(ids, mask_id))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        steps += 1
        if steps % 200 == 0:
            print("step", steps, "loss", round(loss.item(), 4), "seconds", round(spent), flush=True)
    facts = {"steps": steps, "tokens": steps * batch * LENGTH}
    torch.save({"weights": model.bert.state_dict(), "facts": facts}, STATE / "mlm.pt")


def answer_rows(length=320):
    """-> ids, type ids, first and last token of the answer, for every row whose answer lies within `length` tokens."""
    word_pieces, rows = tokenizer(), []
    with gzip.open(DATA / "qa.jsonl.gz", "rt", encoding="utf8") as file:
        questions = [json.loads(line) for line in file]
    random.Random(0).shuffle(questions)
    for row in questions:
        first, last = row["answer_start"], row["answer_start"] + len(row["answer"])
        encoded = word_pieces.encode(row["question"], row["context"])
        context = [(i, span) for i, span in enumerate(encoded.offsets) if encoded.type_ids[i] == 1]
        start = next((i for i, (a, b) in context if a <= first < b), None)
        end = next((i for i, (a, b) in context if a < last <= b), None)
        if start is None or end is None or end >= length or end < start:
            continue
        padding = [0] * max(0, length - len(encoded.ids))
        rows.append((encoded.ids[:length] + padding, encoded.type_ids[:length] + padding, start, end))
    return [torch.tensor(column, device=DEVICE) for column in zip(*rows)]


def answer(epochs=5, batch=64, peak=1.5e-4):
    """Fine-tunes for extractive question answering; keeps the exact-span rate on 1,000 held-out rows."""
    model = BertForQuestionAnswering(BertConfig(**CONFIG, attn_implementation="sdpa"))
    pretrained = torch.load(STATE / "mlm.pt")["weights"]
    model.bert.load_state_dict(
        {k.removeprefix("bert."): v for k, v in pretrained.items() if k.startswith("bert.")}
    )
    model = model.to(DEVICE)
    ids, types, starts, ends = answer_rows()
    kept = len(ids) - min(1000, len(ids) // 10)
    optimiser = torch.optim.AdamW(model.parameters(), lr=peak, weight_decay=0.01)
    total = epochs * (kept // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1, k / (0.1 * total)) * max(0, 1 - k / total)
    )

    def run(rows, **targets):
        return model(
            input_ids=ids[rows], token_type_ids=types[rows], attention_mask=(ids[rows] > 0).long(), **targets
        )

    exact = 0.0
    for epoch in range(epochs):
        model.train()
        for rows in torch.randperm(kept, device=DEVICE)[: kept // batch * batch].split(batch):
            with torch.autocast("cuda", torch.bfloat16):
                loss = run(rows, start_positions=starts[rows], end_positions=ends[rows]).loss
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        model.eval()
        right = 0
        with torch.no_grad():
            for rows in torch.arange(kept, len(ids), device=DEVICE).split(batch):
                guess = run(rows)
                both = (guess.start_logits.argmax(1) == starts[rows]) & (
                    guess.end_logits.argmax(1) == ends[rows]
                )
                right += both.sum().item()
        exact = right / (len(ids) - kept)
        print("epoch", epoch + 1, "loss", round(loss.item(), 3), "exact span", exact, flush=True)
    torch.save({"weights": model.state_dict(), "facts": {"exact_span": exact}}, STATE / "qa.pt")


def export():
    """Writes Hugging Face folders with float16 weights."""
    tied = ("cls.predictions.decoder.weight", "cls.predictions.decoder.bias")
    for name, head in (("mlm", "BertForMaskedLM"), ("qa", "BertForQuestionAnswering")):
        folder, saved = OUT / f"bert-small-{name}", torch.load(STATE / f"{name}.pt", map_location="cpu")
        folder.mkdir(parents=True, exist_ok=True)
        weights = {
            k: v.half().contiguous()
            for k, v in saved["weights"].items()
            if "position_ids" not in k and k not in tied
        }
        facts = {k: str(v) for k, v in saved["facts"].items()}
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt", **facts})
        config = {
            **CONFIG,
            "model_type": "bert",
            "hidden_act": "gelu",
            "layer_norm_eps": 1e-12,
            "pad_token_id": 0,
        }
        (folder / "config.json").write_text(json.dumps({**config, "architectures": [head]}, indent=1))
        (folder / "tokenizer.json").write_bytes((STATE / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    steps = {"tokenize": tokenize, "pretrain": pretrain, "answer": answer, "export": export}
    steps[command](*map(float, arguments))
