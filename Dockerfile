# khobao in a container: docker run --rm -v dongthap:/archive khobao crawl
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY archive archive
COPY crawler crawler
COPY newsroom newsroom
RUN python -m venv /opt/khobao \
    && /opt/khobao/bin/pip install --no-cache-dir --constraint constraints.txt '.[web,parquet,plot]'

FROM python:3.13-slim
COPY --from=build /opt/khobao /opt/khobao
RUN useradd --create-home --uid 1000 khobao && install -d -o khobao -g khobao /archive
ENV PATH=/opt/khobao/bin:$PATH KHOBAO_ARCHIVE=/archive
USER khobao
WORKDIR /archive
VOLUME /archive
EXPOSE 8001
ENTRYPOINT ["khobao"]
CMD ["--help"]
