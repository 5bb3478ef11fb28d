# Balance of the made-up people.csv as packages define it, which the tests of reconciling
# compare with. Rscript packages.R, in this folder; needs the package MatchIt (4.5.1 was
# used) and base R 4. cobalt's and pstest's come from base R by their documentation.
library(MatchIt)
people <- read.csv("people.csv", na.strings = "")
treated <- people$treatment == 1
write <- function(frame, file) {
  for (name in names(frame)) if (is.numeric(frame[[name]]))
    frame[[name]] <- formatC(frame[[name]], digits = 12, format = "g")
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}
columns <- list(age = people$age, priors = people$priors, employed = people$employed,
                "sex F" = as.numeric(people$sex == "F"),
                "sex M" = as.numeric(people$sex == "M"))

# MatchIt's own summary of a match with these weights, of the people whose value is known
matchit_rows <- do.call(rbind, lapply(names(columns), function(name) {
  known <- !is.na(columns[[name]])
  data <- data.frame(treatment = people$treatment, x = columns[[name]])[known, ]
  m <- matchit(treatment ~ x, data = data, method = NULL)
  m$weights <- people$weight[known]
  m$info$method <- "nearest"  # so that it takes the people for matched
  s <- summary(m, pair.dist = FALSE)
  part <- rbind(s$sum.all["x", 1:6], s$sum.matched["x", 1:6])
  data.frame(column = name, data = c("all", "matched"), part)
}))
names(matchit_rows)[3:8] <- c("Means Treated", "Means Control", "Std. Mean Diff.",
                              "Var. Ratio", "eCDF Mean", "eCDF Max")
write(matchit_rows, "people_matchit.csv")

moments <- function(x, w) {
  part <- cov.wt(matrix(x), wt = w / sum(w), method = "unbiased")
  c(part$center, part$cov[1, 1])
}
weighted_ecdf <- function(x, w) function(at) sapply(at, function(v) sum(w[x <= v]) / sum(w))
cobalt_rows <- do.call(rbind, lapply(names(columns), function(name) {
  x <- columns[[name]]
  binary <- all(x %in% c(0, 1, NA))
  row <- data.frame(column = name)
  for (sample in c("Un", "Adj")) {
    w <- if (sample == "Un") rep(1, nrow(people)) else people$weight
    t <- treated & !is.na(x) & w > 0
    c <- !treated & !is.na(x) & w > 0
    of_t <- moments(x[t], w[t])
    of_c <- moments(x[c], w[c])
    far <- of_t[1] - of_c[1]
    at <- unique(x[t | c])
    ks <- max(abs(weighted_ecdf(x[t], w[t])(at) - weighted_ecdf(x[c], w[c])(at)))
    row[[paste0("Diff.", sample)]] <- if (binary) far else far / sd(x[treated], na.rm = TRUE)
    row[[paste0("V.Ratio.", sample)]] <- if (binary) NA else of_t[2] / of_c[2]
    row[[paste0("KS.", sample)]] <- ks
  }
  row
}))
write(cobalt_rows, "people_cobalt.csv")

# Stata's iweights: N is the sum of the weights, in summarize as in regress
variance <- function(x, w) sum(w * (x - weighted.mean(x, w))^2) / (sum(w) - 1)
bias_before <- NA
pstest_rows <- do.call(rbind, lapply(c("age", "priors", "employed", "sex M"), function(name) {
  x <- columns[[name]]
  known <- !is.na(x)
  spread <- sqrt((var(x[treated & known]) + var(x[!treated & known])) / 2)
  do.call(rbind, lapply(c("U", "M"), function(sample) {
    w <- if (sample == "U") rep(1, nrow(people)) else people$weight
    used <- known & w > 0
    fit <- summary(lm(x ~ treatment, weights = w, subset = used,
                      data = data.frame(x, treatment = people$treatment, w)))
    n <- sum(w[used])
    t <- fit$coefficients[2, 3] * sqrt((n - 2) / (sum(used) - 2))
    mean_t <- weighted.mean(x[treated & used], w[treated & used])
    mean_c <- weighted.mean(x[!treated & used], w[!treated & used])
    bias <- 100 * (mean_t - mean_c) / spread
    reduct <- if (sample == "U") NA else 100 * (1 - abs(bias) / abs(bias_before))
    bias_before <<- bias
    data.frame(column = name, sample = sample, mean_treated = mean_t, mean_control = mean_c,
      bias = bias, reduct = reduct, t = t, p = 2 * pt(-abs(t), n - 2),
      ratio = if (all(x[known] %in% 0:1)) NA else
        variance(x[treated & used], w[treated & used]) /
        variance(x[!treated & used], w[!treated & used]))
  }))
}))
names(pstest_rows)[3:9] <- c("Mean Treated", "Mean Control", "%bias", "%reduct |bias|",
                             "t", "p>|t|", "V(T)/V(C)")
write(pstest_rows, "people_pstest.csv")

# Rubin's B and R of the linear index of a probit fitted anew in each sample
index_rows <- do.call(rbind, lapply(c("U", "M"), function(sample) {
  w <- if (sample == "U") rep(1, nrow(people)) else people$weight
  used <- !is.na(people$age) & w > 0
  data <- cbind(people, w)[used, ]
  fit <- suppressWarnings(glm(treatment ~ age + priors + employed + sex, data = data,
    family = binomial("probit"), weights = w,
    control = glm.control(epsilon = 1e-14, maxit = 100)))
  line <- predict(fit)
  t <- data$treatment == 1
  of_t <- variance(line[t], data$w[t])
  of_c <- variance(line[!t], data$w[!t])
  far <- weighted.mean(line[t], data$w[t]) - weighted.mean(line[!t], data$w[!t])
  size <- abs(pstest_rows[pstest_rows$sample == sample, "%bias"])
  data.frame(sample = sample, MeanBias = mean(size), MedBias = median(size),
             B = 100 * far / sqrt((of_t + of_c) / 2), R = of_t / of_c)
}))
write(index_rows, "people_pstest_index.csv")
