# Values that the tests of sites and of sub-groups compare with. Rscript apart.R, in this
# folder; needs the package sandwich, and base R 4.
# people_sites.csv: made-up outcomes of 120 treated in 12 sites of unlike sizes, and of a
# weighted pool of 200; the pool has no sites.
library(sandwich)
set.seed(15)
size <- c(2, 3, 5, 6, 8, 8, 10, 12, 14, 15, 17, 20)
site <- sprintf("Site %02d", rep(seq_along(size), size))
shift <- rnorm(length(size), 0, 0.12)[match(site, unique(site))]
people <- data.frame(
  person_id = 1:320, treatment = rep(1:0, c(120, 200)), site = c(site, rep("", 200)),
  sex = rep(c("M", "F"), 160),
  weight = c(rep(1, 120), round(rexp(200, 200 / 120), 3)),
  reoffended = rbinom(320, 1, pmin(pmax(c(0.35 + shift, rep(0.45, 200)), 0), 1)))
people$reoffences <- people$reoffended * (1 + rpois(320, 1.2))
write.csv(people, "people_sites.csv", row.names = FALSE, quote = FALSE)
people <- read.csv("people_sites.csv", na.strings = "")

# one group's mean with its variance: weights by their effective size
side <- function(y, w) {
  n <- sum(w)^2 / sum(w^2)
  m <- weighted.mean(y, w)
  list(n = n, mean = m, v = n / (n - 1) * sum(w^2 * (y - m)^2) / sum(w)^2)
}
sides <- function(people, name) {
  treated <- people$treatment == 1
  list(t = side(people[[name]][treated], people$weight[treated]),
       c = side(people[[name]][!treated], people$weight[!treated]))
}

# sites: sandwich's cluster-robust variance of the treated mean, HC0 with its G/(G - 1)
by_site <- function(name) {
  both <- sides(people, name)
  treated <- people[people$treatment == 1, ]
  model <- lm(reformulate("1", name), treated)
  v <- vcovCL(model, cluster = ~site, type = "HC0", cadjust = TRUE)[1, 1]
  g <- length(unique(treated$site))
  d <- both$t$mean - both$c$mean
  se <- sqrt(v + both$c$v)
  reach <- qt(0.975, g - 1) * se
  data.frame(what = "sites", outcome = name, difference = d, standard_error = se,
             df = g - 1, ci_low = d - reach, ci_high = d + reach,
             p_value = 2 * pt(-abs(d) / se, g - 1))
}

# men less women: four means, Welch and Satterthwaite over all of them
apart <- function(name) {
  parts <- lapply(split(people, people$sex)[c("M", "F")], sides, name)
  means <- unlist(lapply(parts, function(p) c(p$t$mean, p$c$mean)))
  v <- unlist(lapply(parts, function(p) c(p$t$v, p$c$v)))
  n <- unlist(lapply(parts, function(p) c(p$t$n, p$c$n)))
  d <- sum(means * c(1, -1, -1, 1))
  se <- sqrt(sum(v))
  df <- sum(v)^2 / sum(v^2 / (n - 1))
  reach <- qt(0.975, df) * se
  data.frame(what = "sexes", outcome = name, difference = d, standard_error = se,
             df = df, ci_low = d - reach, ci_high = d + reach,
             p_value = 2 * pt(-abs(d) / se, df))
}
outcomes <- c("reoffended", "reoffences")
found <- do.call(rbind, c(lapply(outcomes, by_site), lapply(outcomes, apart)))
for (name in names(found)) if (is.numeric(found[[name]]))
  found[[name]] <- formatC(found[[name]], digits = 12, format = "g")
write.csv(found, "people_apart.csv", row.names = FALSE, quote = FALSE)
