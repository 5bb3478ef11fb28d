# Values that the tests of the statistics compare with, for the made-up people.csv.
# Rscript people.R, in this folder; needs the packages survey and base R 4.
library(survey)
people <- read.csv("people.csv", na.strings = "")
write <- function(frame, file) {
  for (name in names(frame)) if (is.numeric(frame[[name]]))
    frame[[name]] <- formatC(frame[[name]], digits = 12, format = "g")
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}

# logistic regression: missing age filled with the mean and marked, missing ethnicity a
# level of its own
filled <- transform(people,
  lost = as.numeric(is.na(age)),
  age = ifelse(is.na(age), mean(age, na.rm = TRUE), age),
  ethnicity = factor(ifelse(is.na(ethnicity), "missing", ethnicity),
                     levels = c("Asian", "Black", "White", "missing")))
model <- glm(treatment ~ age + lost + priors + sex + ethnicity + employed,
             family = binomial, data = filled,
             control = glm.control(epsilon = 1e-14, maxit = 50))
part <- summary(model)$coefficients
write(data.frame(
  name = c("const", "age", "age=missing", "priors", "sex=M", "ethnicity=Black",
           "ethnicity=White", "ethnicity=missing", "employed"),
  estimate = part[, 1], se = part[, 2], z = part[, 3], p = part[, 4],
  log_likelihood = as.numeric(logLik(model))), "people_logit.csv")

# weighted mean and variance (cov.wt: unbiased for reliability weights), and the
# Kolmogorov-Smirnov distance with whole-number weights as repeated people
treated <- people$treatment == 1
pool <- !treated
balance <- do.call(rbind, lapply(c("age", "priors", "employed"), function(name) {
  x <- people[[name]]
  known <- !is.na(x)
  c_known <- pool & known & people$weight > 0
  after <- cov.wt(matrix(x[c_known]), wt = people$weight[c_known] /
                    sum(people$weight[c_known]), method = "unbiased")
  sd_before <- sqrt((var(x[treated & known]) + var(x[pool & known])) / 2)
  mean_t <- mean(x[treated & known])
  repeated <- rep(x[pool & known], people$count[pool & known])
  data.frame(
    variable = name, mean_treatment = mean_t,
    mean_comparison_before = mean(x[pool & known]),
    mean_comparison_after = after$center,
    smd_before = 100 * (mean_t - mean(x[pool & known])) / sd_before,
    smd_after = 100 * (mean_t - after$center) / sd_before,
    smd_after_treated_sd = 100 * (mean_t - after$center) / sd(x[treated & known]),
    variance_ratio = var(x[treated & known]) / after$cov[1, 1],
    ks_of_count = unname(suppressWarnings(
      ks.test(x[treated & known], repeated)$statistic)))
}))
write(balance, "people_balance.csv")

# Welch's test, unweighted; and the weighted mean with its standard error by survey
outcomes <- do.call(rbind, lapply(c("days", "offences"), function(name) {
  y <- people[[name]]
  welch <- t.test(y[treated], y[pool])
  design <- svydesign(ids = ~1, weights = ~weight, data = people[pool & people$weight > 0, ])
  weighted <- svymean(as.formula(paste0("~", name)), design)
  data.frame(
    outcome = name, difference = unname(welch$estimate[1] - welch$estimate[2]),
    standard_error = welch$stderr, df = unname(welch$parameter),
    ci_low = welch$conf.int[1], ci_high = welch$conf.int[2], p_value = welch$p.value,
    weighted_mean = as.numeric(coef(weighted)), weighted_se = as.numeric(SE(weighted)))
}))
write(outcomes, "people_outcomes.csv")
