# parindex with the office extra and fonts, for a user without rights:
#   docker build -t parindex . && docker run --rm -v "$PWD:/data" parindex score card.yaml
FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends fonts-liberation \
 && rm -rf /var/lib/apt/lists/*
COPY . /source
RUN pip install --no-cache-dir "/source[office]" && rm -r /source
RUN useradd --create-home parindex
USER parindex
WORKDIR /data
ENTRYPOINT ["parindex"]
CMD ["--help"]
