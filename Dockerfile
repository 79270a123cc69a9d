# The app: backend, jobs, bot and every `onedoor` command. The language model has an image of its own (nlu/Dockerfile).
FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 ONEDOOR_VAR=/var/lib/onedoor
RUN useradd --system --create-home --home-dir /var/lib/onedoor onedoor
WORKDIR /app
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY locales locales
COPY handlers handlers
COPY backend backend
COPY bot bot
RUN pip install --no-deps --no-build-isolation -e .
USER onedoor
VOLUME /var/lib/onedoor
CMD ["onedoor", "--help"]
